// YAML as a JSON tree.
#include "core/exchange/yaml_json.h"
#include "core/error.h"
#include "core/valid_utf8.h"
#include <algorithm>
#include <charconv>
#include <yaml-cpp/yaml.h>

namespace spacewright {

namespace {

using nlohmann::json;

json scalar(const YAML::Node& node)
{
    const std::string text = validUtf8(node.Scalar()); // yaml-cpp makes of \_ and \N bytes that are no UTF-8
    if (node.Tag() == "!")
        return text; // quoted
    if (text == "true" || text == "True" || text == "false" || text == "False")
        return text[0] == 't' || text[0] == 'T';
    std::int64_t whole = 0;
    const char* end = text.data() + text.size();
    if (const auto r = std::from_chars(text.data(), end, whole); r.ec == std::errc() && r.ptr == end)
        return whole;
    double number = 0;
    if (const auto r = std::from_chars(text.data(), end, number); r.ec == std::errc() && r.ptr == end)
        return number;
    return text;
}

json converted(const YAML::Node& node, int depth, std::size_t& budget)
{
    // Aliases may name one node, or one long text, a million times: the budget counts what the tree would become.
    constexpr std::size_t nodeBytes = 32;
    const std::size_t bytes = nodeBytes + (node.IsScalar() ? node.Scalar().size() : 0);
    if (depth > 64 || budget < bytes)
        throw Error("it nests too deeply or grows too large when its aliases are resolved.");
    budget -= bytes;
    switch (node.Type()) {
    case YAML::NodeType::Scalar:
        return scalar(node);
    case YAML::NodeType::Sequence: {
        json list = json::array();
        for (const auto& item : node)
            list.push_back(converted(item, depth + 1, budget));
        return list;
    }
    case YAML::NodeType::Map: {
        json object = json::object();
        for (const auto& item : node) {
            if (!item.first.IsScalar())
                throw Error("a key is not plain text.");
            converted(item.first, depth + 1, budget); // counts it
            object[validUtf8(item.first.Scalar())] = converted(item.second, depth + 1, budget);
        }
        return object;
    }
    default:
        return nullptr;
    }
}

/// Whether a text reads back as itself without quotes.
bool isPlain(const std::string& text)
{
    const auto isLetter = [](unsigned char c) { return std::isalpha(c) || c == '_'; };
    return !text.empty() && isLetter(text[0]) && text != "null" && scalar(YAML::Node(text)).is_string() &&
           std::all_of(text.begin(), text.end(), [&](unsigned char c) { return isLetter(c) || std::isdigit(c); });
}

void emit(YAML::Emitter& out, const nlohmann::ordered_json& j, bool inOneLine)
{
    if (j.is_structured() && inOneLine)
        out << YAML::Flow;
    if (j.is_object()) {
        out << YAML::BeginMap;
        for (const auto& [name, value] : j.items()) {
            out << YAML::Key << name << YAML::Value;
            emit(out, value, true);
        }
        out << YAML::EndMap;
    } else if (j.is_array()) {
        out << YAML::BeginSeq;
        for (const auto& value : j)
            emit(out, value, true);
        out << YAML::EndSeq;
    } else if (j.is_string()) {
        if (!isPlain(j.get<std::string>()))
            out << YAML::DoubleQuoted;
        out << j.get<std::string>();
    } else {
        out << j.dump();
    }
}

} // namespace

std::string jsonToYaml(const nlohmann::ordered_json& object)
{
    YAML::Emitter out;
    emit(out, object, false);
    return std::string(out.c_str()) + "\n";
}

json yamlToJson(const std::string& text, const std::string& what)
{
    if (text.size() > longestYaml)
        throw Error(what + " is longer than 16 MiB, which no description of a network or space needs.");
    if (validUtf8(text) != text)
        throw Error(what + " holds bytes that are no UTF-8 text. Save it as UTF-8.");
    try {
        std::size_t budget = 2 * longestYaml;
        json j = converted(YAML::Load(text), 0, budget);
        if (!j.is_object())
            throw Error("expected \"name: value\" lines.");
        return j;
    } catch (const YAML::Exception& e) {
        throw Error(what + " is not valid YAML or JSON (line " + std::to_string(e.mark.line + 1) + ": " + e.msg + ").");
    } catch (const Error& e) {
        throw Error(what + " cannot be read: " + e.what());
    }
}

void onlyFields(const json& object, const std::vector<std::string>& known, const std::string& what)
{
    if (!object.is_object())
        throw Error("\"" + what + "\" must be a map of fields.");
    for (const auto& [name, value] : object.items()) {
        if (std::find(known.begin(), known.end(), name) != known.end())
            continue;
        std::string names;
        for (const std::string& k : known)
            names += (names.empty() ? "" : ", ") + k;
        throw Error("\"" + name + "\" is no field of \"" + what + "\"; it has " + names + ".");
    }
}

} // namespace spacewright
