// The known answers beside the tests.
#pragma once
#include <nlohmann/json.hpp>
#include <fstream>
#include <string>
#include <vector>

namespace spacewright {

inline nlohmann::json referenceData(const std::string& name)
{
    return nlohmann::json::parse(std::ifstream(TEST_DATA "/" + name));
}

/// A number of each of the 500 models of edf_population.json.
inline std::vector<double> populationColumn(const std::string& name)
{
    std::vector<double> values;
    for (const nlohmann::json& model : referenceData("edf_population.json"))
        values.push_back(model[name]);
    return values;
}

} // namespace spacewright
