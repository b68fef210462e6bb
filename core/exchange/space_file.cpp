// A design space as text.
#include "core/exchange/space_file.h"
#include "core/error.h"
#include "core/exchange/json_fields.h"
#include "core/exchange/network_json.h"
#include "core/exchange/sweep_setup.h"
#include "core/exchange/yaml_json.h"
#include "core/whole_file.h"
#include <algorithm>
#include <array>

namespace spacewright {

namespace {

using nlohmann::json;

constexpr std::array<std::pair<Distribution::Kind, const char*>, 4> kinds{
    {{Distribution::Kind::uniform, "uniform"},
     {Distribution::Kind::logUniform, "log_uniform"},
     {Distribution::Kind::powersOfTwo, "power2_uniform"},
     {Distribution::Kind::powerOfTwoOrLogUniform, "power2_or_log_uniform"}}};

/// The distributions of a space by their names in the file.
constexpr std::array<std::pair<const char*, Distribution Space::*>, 7> parameters{
    {{"depth", &Space::depth},
     {"width", &Space::width},
     {"bottleneck_ratio", &Space::bottleneckRatio},
     {"group_width", &Space::groupWidth},
     {"w_0", &Space::initialWidth},
     {"w_a", &Space::slope},
     {"w_m", &Space::multiplier}}};

/// The values of the recipe that a space may draw.
constexpr std::array<std::pair<const char*, std::optional<RecipeRange> Space::*>, 2> recipeRanges{
    {{"rate", &Space::rate}, {"weight_decay", &Space::weightDecay}}};

bool belongs(const char* parameter, Space::Family family)
{
    const bool regNetOnly = std::string(parameter).rfind("w_", 0) == 0;
    const bool anyNetOnly = std::string(parameter) == "width";
    return family == Space::Family::regNet ? !anyNetOnly : !regNetOnly;
}

json toJson(const Distribution& d)
{
    const auto it = std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return k.first == d.kind; });
    return {{"distribution", it->second}, {"low", d.low}, {"high", d.high}, {"quantum", d.quantum}};
}

Distribution distributionFrom(const json& j, const Distribution& otherwise, const std::string& name)
{
    if (!j.is_object())
        throw Error("The space's \"" + name + "\" must have the fields distribution, low, high and quantum.");
    onlyFields(j, {"distribution", "low", "high", "quantum"}, name);
    Distribution d = otherwise;
    if (j.contains("distribution")) {
        const auto word = field<std::string>(j, "distribution");
        const auto it = std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return word == k.second; });
        if (it == kinds.end())
            throw Error("\"" + word + "\" is no distribution of \"" + name +
                        "\"; known are uniform, log_uniform, power2_uniform, power2_or_log_uniform.");
        d.kind = it->first;
    }
    d.low = field(j, "low", d.low);
    d.high = field(j, "high", d.high);
    d.quantum = field(j, "quantum", d.quantum);
    return d;
}

RecipeRange recipeRangeFrom(const json& j, const std::string& name)
{
    if (!j.is_object())
        throw Error("The space's \"" + name + "\" must have the fields low and high.");
    onlyFields(j, {"low", "high"}, name);
    return {field<double>(j, "low"), field<double>(j, "high")};
}

json prototypeJson(const Network& n)
{
    return {{"stem", toText(n.stem)},
            {"stem_width", n.stemWidth},
            {"block", toText(n.block)},
            {"activation", toText(n.activation)},
            {"se_ratio", n.seRatio},
            {"head_width", n.headWidth},
            {"input_channels", n.inputChannels},
            {"resolution", n.resolution},
            {"classes", n.classes}};
}

Network prototypeFrom(const json& j, Network n)
{
    onlyFields(j,
               {"stem", "stem_width", "block", "activation", "se_ratio", "head_width", "input_channels", "resolution",
                "classes"},
               "network");
    n.stem = stemTypeFrom(field(j, "stem", toText(n.stem)));
    n.stemWidth = field(j, "stem_width", n.stemWidth);
    n.block = blockTypeFrom(field(j, "block", toText(n.block)));
    n.activation = activationFrom(field(j, "activation", toText(n.activation)));
    n.seRatio = field(j, "se_ratio", n.seRatio);
    n.headWidth = field(j, "head_width", n.headWidth);
    n.inputChannels = field(j, "input_channels", n.inputChannels);
    n.resolution = field(j, "resolution", n.resolution);
    n.classes = field(j, "classes", n.classes);
    return n;
}

nlohmann::ordered_json networkJson(const Network& n)
{
    Sample sample;
    sample.network = n;
    sample.complexity = complexity(n);
    return nlohmann::ordered_json::parse(toJson(sample));
}

std::vector<Network> networksFrom(const json& j)
{
    if (!j.is_array() || j.empty())
        throw Error("The space's \"networks\" must be a list of at least one network.");
    std::vector<Network> networks;
    for (const json& network : j)
        networks.push_back(sampleFrom(network.dump()).network);
    return networks;
}

/// A number, or [fewest, most].
void readStages(Space& s, const json& j)
{
    if (!j.contains("stages") || !j["stages"].is_array()) {
        s.stages = field(j, "stages", s.stages);
        return;
    }
    const auto ends = field<std::vector<int>>(j, "stages");
    if (ends.size() != 2 || ends[0] > ends[1])
        throw Error("The space's \"stages\" must be a number, or the fewest and the most: [2, 4].");
    s.stages = ends[1];
    if (ends[0] != ends[1])
        s.fewestStages = ends[0];
}

} // namespace

std::string toText(const Space& s)
{
    nlohmann::ordered_json j;
    j["name"] = s.name;
    j["family"] = s.family == Space::Family::regNet ? "regnet" : "anynet";
    j["stages"] = s.fewestStages ? json{*s.fewestStages, s.stages} : json(s.stages);
    j["stride"] = s.stride;
    j["network"] = prototypeJson(s.prototype);
    for (const auto& [name, member] : parameters)
        if (belongs(name, s.family) && s.networks.empty())
            j[name] = toJson(s.*member);
    for (const auto& [name, member] : recipeRanges)
        if (s.*member)
            j[name] = {{"low", (s.*member)->low}, {"high", (s.*member)->high}};
    for (const Network& network : s.networks)
        j["networks"].push_back(networkJson(network));
    j["constraints"] = json::array();
    for (const Constraint& c : s.constraints)
        j["constraints"].push_back(toText(c));
    return j.dump();
}

Space spaceFromText(const std::string& text)
{
    const json j = yamlToJson(text, "The space");
    if (j.contains("SETUP"))
        return spaceFromSweepSetup(j);
    const auto family = field(j, "family", std::string("anynet"));
    if (family != "anynet" && family != "regnet")
        throw Error("\"" + family + "\" is no family of spaces; known are anynet and regnet.");
    Space s = namedSpace(family == "regnet" ? "RegNetX" : "AnyNetX_A");
    const bool listed = j.contains("networks");
    std::vector<std::string> known{"name",        "family",   "stages", "stride",      "network",
                                   "constraints", "networks", "rate",   "weight_decay"};
    for (const auto& [name, member] : parameters) {
        if (listed)
            s.*member = {};
        else if (belongs(name, s.family))
            known.push_back(name);
    }
    onlyFields(j, known, "space");
    if (listed) {
        s.networks = networksFrom(j["networks"]);
        s.stages = static_cast<int>(s.networks[0].stages.size());
        s.prototype = s.networks[0];
        s.prototype.stages.clear();
    }
    s.name = field(j, "name", std::string("unnamed"));
    readStages(s, j);
    s.stride = field(j, "stride", s.stride);
    if (j.contains("network"))
        s.prototype = prototypeFrom(j["network"], s.prototype);
    for (const auto& [name, member] : parameters)
        if (j.contains(name))
            s.*member = distributionFrom(j[name], s.*member, name);
    for (const auto& [name, member] : recipeRanges)
        if (j.contains(name))
            s.*member = recipeRangeFrom(j[name], name);
    if (j.contains("constraints")) {
        if (!j["constraints"].is_array())
            throw Error("The space's \"constraints\" must be a list of texts.");
        for (const json& c : j["constraints"]) {
            if (!c.is_string())
                throw Error("The space's \"constraints\" must be a list of texts.");
            s.constraints.push_back(constraintFrom(c.get<std::string>()));
        }
    }
    check(s);
    return s;
}

Space spaceFromNameOrFile(const std::string& nameOrPath)
{
    for (const auto list : {&namedSpaces, &baselines})
        for (const Space& s : list())
            if (s.name == nameOrPath)
                return s;
    if (!std::filesystem::is_regular_file(nameOrPath))
        return namedSpace(nameOrPath); // throws with the list of names
    const std::string text = readWhole(nameOrPath, longestYaml);
    try {
        return spaceFromText(text);
    } catch (const Error& e) {
        throw Error(nameOrPath + ": " + e.what());
    }
}

} // namespace spacewright
