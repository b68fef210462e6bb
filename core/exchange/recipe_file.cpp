// A training recipe as a file.
#include "core/exchange/recipe_file.h"
#include "core/error.h"
#include "core/exchange/yaml_json.h"
#include "core/whole_file.h"

namespace spacewright {

std::string toYaml(const Recipe& recipe)
{
    return jsonToYaml(nlohmann::ordered_json::parse(toJson(recipe)));
}

Recipe recipeFromFile(const std::string& path)
{
    const std::string text = readWhole(path, longestYaml);
    try {
        return recipeFrom(yamlToJson(text, "The recipe").dump());
    } catch (const Error& error) {
        throw Error(path + ": " + error.what());
    }
}

} // namespace spacewright
