// Recipes, as YAML.
#include "tests/fuzz/fuzz.h"
#include "core/exchange/recipe_file.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    readOrRefuse([&] {
        const Recipe recipe = recipeFromFile(fileWith(bytes, "recipe.yaml"));
        require(recipeFrom(toJson(recipe)) == recipe, "a recipe that was written reads the same");
    });
}

} // namespace spacewright::fuzz
