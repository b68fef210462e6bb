// How commands print: JSON as one document, tables with aligned columns, numbers with units.
#include "app/cli/output.h"
#include "core/error.h"
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <string_view>

namespace spacewright {
namespace {

template <class... Values>
std::string formatted(const char* format, Values... values)
{
    char buffer[128];
    std::snprintf(buffer, sizeof buffer, format, values...);
    return buffer;
}

bool isNumeric(const std::string& cell)
{
    return cell.empty() || cell == "-" || std::isdigit(static_cast<unsigned char>(cell[cell[0] == '-'])) != 0;
}

} // namespace

void addJsonFlag(CLI::App& app, bool& json)
{
    app.add_flag("--json", json, "Print one JSON document to standard output; messages go to standard error");
}

void addDeviceOption(CLI::App& app, std::string& device)
{
    app.add_option("--device", device, "auto, cpu, cuda or cuda:N")
        ->check([](const std::string& text) {
            const bool numbered = text.starts_with("cuda:") && text.size() > 5 &&
                                  text.find_first_not_of("0123456789", 5) == std::string::npos;
            const bool known = text == "auto" || text == "cpu" || text == "cuda" || numbered;
            return known ? std::string() : "\"" + text + "\" is not auto, cpu, cuda or cuda:N";
        })
        ->capture_default_str();
}

std::string aboveZero(const std::string& text)
{
    double value = 0;
    const bool isNumber = CLI::detail::lexical_cast(text, value);
    return isNumber && value > 0 ? std::string() : "\"" + text + "\" is not a number above 0";
}

void printJson(const Json& json)
{
    // A file name need not be UTF-8; JSON must.
    std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

Json number(double value)
{
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return static_cast<std::int64_t>(value);
    return value;
}

void printTable(const std::vector<std::vector<std::string>>& rows)
{
    std::vector<std::size_t> widths(rows.front().size(), 0);
    std::vector<bool> right(widths.size(), true);
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t c = 0; c < widths.size(); ++c) {
            widths[c] = std::max(widths[c], rows[r][c].size());
            right[c] = right[c] && (r == 0 || isNumeric(rows[r][c]));
        }
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t c = 0; c < widths.size(); ++c) {
            const std::string space(widths[c] - row[c].size(), ' ');
            line += (c ? "  " : "") + (right[c] ? space + row[c] : row[c] + space);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        std::cout << line << '\n';
    }
}

std::string fixed(double value, int decimals)
{
    return formatted("%.*f", decimals, value);
}

std::string countText(double value)
{
    for (const auto& [scale, unit] : {std::pair(1e9, "G"), {1e6, "M"}, {1e3, "k"}})
        if (std::abs(value) >= scale)
            return formatted("%.4g %s", value / scale, unit);
    return formatted("%.4g", value);
}

std::string valueText(double value)
{
    return formatted("%.6g", value);
}

std::string modelsText(std::int64_t models, std::int64_t reused)
{
    return std::to_string(models) + (reused > 0 ? " (" + std::to_string(reused) + " reused)" : "");
}

std::string quoted(const std::string& text)
{
    const auto isPlain = [](unsigned char c) {
        return std::isalnum(c) || std::string_view("_-./:=").find(c) != std::string_view::npos;
    };
    if (!text.empty() && std::all_of(text.begin(), text.end(), isPlain))
        return text;
    std::string result = "'";
    for (const char c : text)
        result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + "'";
}

std::string joined(const std::vector<std::string>& parts, const std::string& separator)
{
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : separator) + part;
    return text;
}

} // namespace spacewright
