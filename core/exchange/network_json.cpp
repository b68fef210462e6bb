// Our own description of a network as JSON.
#include "core/exchange/network_json.h"
#include "core/error.h"
#include "core/exchange/json_fields.h"
#include "core/network/regnet.h"

namespace spacewright {

namespace {

using nlohmann::json;

/// Whole numbers as integers, so that 1.0 reads as 1.
json plain(double v)
{
    return v == static_cast<double>(static_cast<std::int64_t>(v)) ? json(static_cast<std::int64_t>(v)) : json(v);
}

template <class Value>
json perStage(const Network& n, Value value)
{
    json list = json::array();
    for (const Stage& s : n.stages)
        list.push_back(value(s));
    return list;
}

template <class Value>
void read(Network& n, const json& j, const char* name, Value Stage::*member)
{
    const auto values = field<std::vector<Value>>(j, name);
    if (values.size() != n.stages.size())
        throw Error(std::string("The network's \"") + name + "\" has " + std::to_string(values.size()) +
                    " values, but there are " + std::to_string(n.stages.size()) + " depths.");
    for (std::size_t i = 0; i < values.size(); ++i)
        n.stages[i].*member = values[i];
}

json toJson(const RegNetParameters& p)
{
    return {{"depth", p.depth},
            {"w_0", p.initialWidth},
            {"w_a", p.slope},
            {"w_m", p.multiplier},
            {"bottleneck_ratio", plain(p.bottleneckRatio)},
            {"group_width", p.groupWidth}};
}

RegNetParameters regNetFrom(const json& j)
{
    return {field<int>(j, "depth"),
            field<int>(j, "w_0"),
            field<double>(j, "w_a"),
            field<double>(j, "w_m"),
            field<double>(j, "bottleneck_ratio"),
            field<int>(j, "group_width")};
}

void writeNetwork(nlohmann::ordered_json& j, const Sample& sample)
{
    const Network& n = sample.network;
    j["depths"] = perStage(n, [](const Stage& s) { return s.depth; });
    j["widths"] = perStage(n, [](const Stage& s) { return s.width; });
    j["bottleneck_ratios"] = perStage(n, [](const Stage& s) { return plain(s.bottleneckRatio); });
    j["group_widths"] = perStage(n, [](const Stage& s) { return s.groupWidth; });
    j["strides"] = perStage(n, [](const Stage& s) { return s.stride; });
    j["kernels"] = perStage(n, [](const Stage& s) { return s.kernel; });
    if (!sample.drawnGroupWidths.empty())
        j["drawn_group_widths"] = sample.drawnGroupWidths;
    j["stem"] = toText(n.stem);
    j["stem_width"] = n.stemWidth;
    j["block"] = toText(n.block);
    j["activation"] = toText(n.activation);
    j["se_ratio"] = n.seRatio;
    j["head_width"] = n.headWidth;
    j["input_channels"] = n.inputChannels;
    j["resolution"] = n.resolution;
    j["classes"] = n.classes;
    if (sample.regNet)
        j["regnet"] = toJson(*sample.regNet);
}

void readFurther(Sample& sample, const json& j)
{
    for (const auto& [name, member] : {std::pair("rate", &Sample::rate), {"weight_decay", &Sample::weightDecay}})
        if (j.contains(name))
            sample.*member = field<double>(j, name);
    if (j.contains("values") && j["values"].is_object())
        for (const auto& [name, value] : j["values"].items())
            sample.values.emplace_back(name, field<double>(j["values"], name));
}

} // namespace

std::string toJson(const Sample& sample)
{
    nlohmann::ordered_json j;
    if (networkIsKnown(sample))
        writeNetwork(j, sample);
    if (sample.rate)
        j["rate"] = *sample.rate;
    if (sample.weightDecay)
        j["weight_decay"] = *sample.weightDecay;
    for (const auto& [name, value] : sample.values)
        j["values"][name] = value;
    j["flops"] = sample.complexity.flops;
    j["params"] = sample.complexity.params;
    j["acts"] = sample.complexity.activations;
    return j.dump();
}

Sample sampleFrom(const std::string& text)
{
    const json j = parsedObject(text, "The network");
    Sample sample;
    Network& n = sample.network;
    const auto depths = field<std::vector<int>>(j, "depths");
    if (depths.empty() || depths.size() > 64)
        throw Error("The network's \"depths\" must name 1 to 64 stages.");
    n.stages.resize(depths.size());
    read(n, j, "depths", &Stage::depth);
    read(n, j, "widths", &Stage::width);
    read(n, j, "bottleneck_ratios", &Stage::bottleneckRatio);
    read(n, j, "group_widths", &Stage::groupWidth);
    read(n, j, "strides", &Stage::stride);
    if (j.contains("kernels"))
        read(n, j, "kernels", &Stage::kernel);
    n.stem = stemTypeFrom(field<std::string>(j, "stem"));
    n.stemWidth = field<int>(j, "stem_width");
    n.block = blockTypeFrom(field<std::string>(j, "block"));
    n.activation = activationFrom(field(j, "activation", std::string("relu")));
    n.seRatio = field(j, "se_ratio", 0.0);
    n.headWidth = field(j, "head_width", 0);
    n.inputChannels = field<int>(j, "input_channels");
    n.resolution = field<int>(j, "resolution");
    n.classes = field<int>(j, "classes");
    check(n);
    for (const Stage& s : n.stages)
        sample.drawnGroupWidths.push_back(s.groupWidth);
    sample.drawnGroupWidths = field(j, "drawn_group_widths", sample.drawnGroupWidths);
    if (j.contains("regnet"))
        sample.regNet = regNetFrom(j["regnet"]);
    readFurther(sample, j);
    sample.complexity = complexity(n);
    return sample;
}

Sample recordFrom(const std::string& text)
{
    const json j = parsedObject(text, "The model");
    if (j.contains("depths"))
        return sampleFrom(text);
    Sample sample;
    readFurther(sample, j);
    sample.complexity = {countIn(j, "flops"), countIn(j, "params"), countIn(j, "acts")};
    return sample;
}

} // namespace spacewright
