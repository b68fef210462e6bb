// Reads a field of a JSON object, or says in words what is wrong with it.
#pragma once
#include "core/error.h"
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>

namespace spacewright {

/// Throws Error beginning with `what` when the text is no JSON object.
inline nlohmann::json parsedObject(const std::string& text, const std::string& what)
{
    nlohmann::json j = nlohmann::json::parse(text, nullptr, false);
    if (!j.is_object())
        throw Error(what + " is not described by valid JSON; expected an object in braces.");
    return j;
}

/// A number, text or list of numbers. A fraction or an overflow where a whole number is meant is an error too.
template <class Value>
Value field(const nlohmann::json& j, const std::string& name)
{
    const auto refuse = [&](const char* problem) -> Value { throw Error("The field \"" + name + "\" " + problem); };
    if (!j.is_object() || !j.contains(name))
        return refuse("is missing.");
    const auto whole = [](const nlohmann::json& v) {
        if (!v.is_number())
            return false;
        const double d = v.get<double>();
        return d >= -2147483648.0 && d <= 2147483647.0 && d == static_cast<double>(static_cast<std::int64_t>(d));
    };
    const nlohmann::json& v = j[name];
    if constexpr (std::is_same_v<Value, std::vector<int>>) {
        if (!v.is_array() || !std::all_of(v.begin(), v.end(), whole))
            return refuse("must be a list of whole numbers.");
    } else if constexpr (std::is_same_v<Value, std::vector<double>>) {
        if (!v.is_array() || !std::all_of(v.begin(), v.end(), [](const auto& x) { return x.is_number(); }))
            return refuse("must be a list of numbers.");
    } else if constexpr (std::is_same_v<Value, int>) {
        if (!whole(v))
            return refuse("must be a whole number.");
        return static_cast<int>(v.get<double>());
    } else if constexpr (std::is_same_v<Value, bool>) {
        if (!v.is_boolean())
            return refuse("must be true or false.");
    } else if constexpr (std::is_arithmetic_v<Value>) {
        if (!v.is_number())
            return refuse("must be a number.");
    } else if constexpr (std::is_same_v<Value, std::string>) {
        if (!v.is_string())
            return refuse("must be text.");
    }
    return v.get<Value>();
}

/// The same with a value for a field that is left out.
template <class Value>
Value field(const nlohmann::json& j, const std::string& name, const Value& otherwise)
{
    return j.is_object() && j.contains(name) ? field<Value>(j, name) : otherwise;
}

/// A count, such as flops; 0 where it is left out.
inline std::int64_t countIn(const nlohmann::json& j, const std::string& name)
{
    const double count = field(j, name, 0.0);
    if (!(count >= 0 && count <= 9e15))
        throw Error("The field \"" + name + "\" must be a count.");
    return static_cast<std::int64_t>(count);
}

} // namespace spacewright
