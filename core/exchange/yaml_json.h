// YAML (and JSON, which is YAML) as one kind of tree, and a check for fields that nobody reads.
#pragma once
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace spacewright {

constexpr std::size_t longestYaml = 16 << 20; ///< bytes

/// Throws Error beginning with `what`, with the line, for text that is no YAML map, uses anchors, nests too deeply or
/// is longer than 16 MiB. Scalars become numbers or booleans where they look like one and are not quoted.
nlohmann::json yamlToJson(const std::string& text, const std::string& what);

/// The object as YAML: a field a line, what is within them in one line each. `yamlToJson` reads it back.
std::string jsonToYaml(const nlohmann::ordered_json& object);

/// Throws Error naming the first field that is not in `known`.
void onlyFields(const nlohmann::json& object, const std::vector<std::string>& known, const std::string& what);

} // namespace spacewright
