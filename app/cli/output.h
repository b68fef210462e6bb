// How commands print: JSON as one document, tables with aligned columns, numbers with units.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace spacewright {

using Json = nlohmann::ordered_json;

void addJsonFlag(CLI::App&, bool& json);
/// A check for options, in CLI11's form: empty, or what is wrong with a text that should be a number above 0.
std::string aboveZero(const std::string& text);
/// --device auto|cpu|cuda|cuda:N.
void addDeviceOption(CLI::App&, std::string& device);
void printJson(const Json&);
/// An integer where the value is whole: 2, 0.25.
Json number(double);

/// The first row is the header. Columns that hold numbers only are aligned to the right.
void printTable(const std::vector<std::vector<std::string>>& rows);

std::string fixed(double value, int decimals);
/// "394.9 M", "23.5 k", "512".
std::string countText(double);
/// Up to six digits, no trailing zeros: "2", "0.25".
std::string valueText(double);
/// "24", or "24 (9 reused)".
std::string modelsText(std::int64_t models, std::int64_t reused);
/// As a shell takes it for one word: quoted where it has to be.
std::string quoted(const std::string&);
/// "a, b, c".
std::string joined(const std::vector<std::string>&, const std::string& separator = ", ");

} // namespace spacewright
