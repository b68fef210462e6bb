// Constraints as text: one form that is written, many that are understood.
#include "core/design/constraint.h"
#include "core/error.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <regex>

namespace spacewright {

namespace {

using Kind = Constraint::Kind;

constexpr std::array<std::pair<Kind, const char*>, 4> kindWords{{{Kind::shared, "shared"},
                                                                 {Kind::increasing, "increasing"},
                                                                 {Kind::constant, "constant"},
                                                                 {Kind::decreasing, "decreasing"}}};

std::string number(double value)
{
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    return {text, end};
}

/// 1500000 -> "1.5 M" for people.
std::string readable(double value)
{
    const std::array<std::pair<double, const char*>, 3> scales{{{1e9, " G"}, {1e6, " M"}, {1e3, " k"}}};
    for (const auto& [scale, unit] : scales)
        if (std::abs(value) >= scale)
            return number(std::round(value / scale * 1e4) / 1e4) + unit;
    return number(value);
}

[[noreturn]] void refuse(const std::string& text)
{
    throw Error(
        "\"" + text +
        "\" is no constraint. Write one of: shared b, shared g, increasing w, increasing d, "
        "constant w, constant d, decreasing w, decreasing d, or a range such as d=10:20, w4=64:512, b=1:2, g=8:, "
        "w_m=2, flops=1.5M:2M, params=:4M, acts=1e6:2e6, rate=0.01:0.1, weight_decay=:1e-4, or w_0=w_a.");
}

/// A whole number with an optional fraction, exponent, and k, M or G (an F or B behind it may follow: 400MF).
double value(const std::string& text, const std::string& whole)
{
    static const std::regex form(R"(([0-9.]+(?:[eE][+-]?[0-9]+)?)\s*([kKmMgG]?)[fFbB]?)");
    std::smatch match;
    if (!std::regex_match(text, match, form))
        refuse(whole);
    double result = 0;
    const std::string digits = match[1];
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), result);
    if (problem != std::errc() || end != digits.data() + digits.size())
        refuse(whole);
    const std::string unit = match[2];
    return result * (unit.empty() ? 1 : unit == "k" || unit == "K" ? 1e3 : unit == "m" || unit == "M" ? 1e6 : 1e9);
}

bool isRangeParameter(const std::string& name)
{
    static const std::regex form(R"(d|w|b|g|[dwbg][1-9][0-9]?|w_0|w_a|w_m|flops|params|acts|rate|weight_decay)");
    return std::regex_match(name, form);
}

Constraint range(std::string name, const std::string& bounds, const std::string& whole)
{
    if (name == "activations")
        name = "acts";
    if (name == "depth" || name == "depths")
        name = "d";
    if (!isRangeParameter(name))
        refuse(whole);
    Constraint c{.kind = Kind::range, .parameter = name};
    const auto colon = bounds.find(':');
    if (colon == std::string::npos) {
        c.low = c.high = value(bounds, whole);
    } else {
        const std::string low = bounds.substr(0, colon);
        const std::string high = bounds.substr(colon + 1);
        if (low.empty() && high.empty())
            refuse(whole);
        if (!low.empty())
            c.low = value(low, whole);
        if (!high.empty())
            c.high = value(high, whole);
    }
    if (c.low > c.high)
        throw Error("\"" + whole + "\" is an empty range: its low end is above its high end.");
    return c;
}

std::optional<std::string> stageParameter(const std::string& word)
{
    const std::array<std::pair<const char*, const char*>, 13> words{{{"b", "b"},
                                                                     {"bottleneck", "b"},
                                                                     {"bottlenecks", "b"},
                                                                     {"bottleneck ratio", "b"},
                                                                     {"bottleneck ratios", "b"},
                                                                     {"g", "g"},
                                                                     {"group", "g"},
                                                                     {"groups", "g"},
                                                                     {"group width", "g"},
                                                                     {"group widths", "g"},
                                                                     {"w", "w"},
                                                                     {"widths", "w"},
                                                                     {"width", "w"}}};
    for (const auto& [name, parameter] : words)
        if (word == name)
            return parameter;
    if (word == "d" || word == "depth" || word == "depths")
        return "d";
    return std::nullopt;
}

} // namespace

std::string toText(const Constraint& c)
{
    for (const auto& [kind, word] : kindWords)
        if (c.kind == kind)
            return std::string(word) + " " + c.parameter;
    if (c.kind == Kind::equal)
        return "w_0=w_a";
    if (c.low == c.high)
        return c.parameter + "=" + number(c.low);
    return c.parameter + "=" + (std::isfinite(c.low) ? number(c.low) : "") + ":" +
           (std::isfinite(c.high) ? number(c.high) : "");
}

Constraint constraintFrom(const std::string& text)
{
    std::string plain = std::regex_replace(text, std::regex(R"(^\s+|\s+$)"), "");
    const auto equals = plain.find('=');
    if (equals != std::string::npos) {
        const std::string bounds = std::regex_replace(plain.substr(equals + 1), std::regex(R"(\s+)"), "");
        const std::string name = std::regex_replace(plain.substr(0, equals), std::regex(R"(\s+)"), "");
        if ((name == "w_0" && bounds == "w_a") || (name == "w_a" && bounds == "w_0"))
            return {.kind = Kind::equal, .parameter = "w_a"};
        return range(name, bounds, text);
    }
    std::transform(plain.begin(), plain.end(), plain.begin(), [](unsigned char c) {
        return c == '-' || c == '_' || c == ':' ? ' ' : static_cast<char>(std::tolower(c));
    });
    for (const auto& [kind, word] : kindWords) {
        const std::string start = std::string(word) + " ";
        if (plain.rfind(start, 0) != 0)
            continue;
        const auto parameter = stageParameter(plain.substr(start.size()));
        const bool shares = parameter == "b" || parameter == "g";
        if (parameter && shares == (kind == Kind::shared))
            return {.kind = kind, .parameter = *parameter};
    }
    refuse(text);
}

std::string describe(const Constraint& c)
{
    const bool widths = c.parameter == "w";
    const std::string i = c.parameter + "_i";
    const std::string next = c.parameter + "_i+1";
    switch (c.kind) {
    case Kind::shared:
        return c.parameter == "b" ? "shared bottleneck ratio (b_i = b)" : "shared group width (g_i = g)";
    case Kind::increasing:
        return std::string("increasing ") + (widths ? "widths" : "depths") + " (" + next + " >= " + i + ")";
    case Kind::constant:
        return std::string("constant ") + (widths ? "widths" : "depths") + " (" + next + " = " + i + ")";
    case Kind::decreasing:
        return std::string("decreasing ") + (widths ? "widths" : "depths") + " (" + next + " <= " + i + ")";
    case Kind::equal:
        return "equal initial width and slope (w_0 = w_a)";
    case Kind::range:
        break;
    }
    if (c.low == c.high)
        return c.parameter + " = " + readable(c.low);
    return (std::isfinite(c.low) ? readable(c.low) + " <= " : "") + c.parameter +
           (std::isfinite(c.high) ? " <= " + readable(c.high) : "");
}

} // namespace spacewright
