// A training recipe as a file.
#include "core/exchange/recipe_file.h"
#include "core/error.h"
#include "core/exchange/yaml_json.h"
#include <fstream>
#include <sstream>

namespace spacewright {

std::string toYaml(const Recipe& recipe)
{
    return jsonToYaml(nlohmann::ordered_json::parse(toJson(recipe)));
}

Recipe recipeFromFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    if (!file)
        throw Error("The recipe " + path + " cannot be read.");
    try {
        return recipeFrom(yamlToJson(text.str(), "The recipe").dump());
    } catch (const Error& error) {
        throw Error(path + ": " + error.what());
    }
}

} // namespace spacewright
