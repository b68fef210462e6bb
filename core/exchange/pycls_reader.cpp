// pycls' job YAML, in: anynet, regnet, resnet and effnet models. Defaults are those of pycls' config.
#include "core/error.h"
#include "core/exchange/json_fields.h"
#include "core/exchange/pycls_yaml.h"
#include "core/exchange/yaml_json.h"
#include "core/network/regnet.h"
#include <cmath>
#include <map>

namespace spacewright {

namespace {

using nlohmann::json;

json section(const json& job, const char* name)
{
    if (!job.contains(name))
        return json::object();
    if (!job[name].is_object())
        throw Error(std::string(name) + " must be a map of keys.");
    return job[name];
}

template <class Value>
std::vector<Value> perStage(const json& j, const char* name, std::size_t stages, std::optional<Value> otherwise)
{
    const bool absent = !j.contains(name) || j[name].is_null() || (j[name].is_array() && j[name].empty());
    if (absent && otherwise)
        return std::vector<Value>(stages, *otherwise);
    auto values = field<std::vector<Value>>(j, name);
    if (values.size() != stages)
        throw Error(std::string("The field \"") + name + "\" must have one value for each of the " +
                    std::to_string(stages) + " stages.");
    return values;
}

double bottleneckRatio(double multiplier)
{
    if (!(multiplier > 0))
        throw Error("The field \"BOT_MULS\" must be positive.");
    return 1 / multiplier;
}

void readCommon(Network& n, const json& j)
{
    n.stem = stemTypeFrom(field(j, "STEM_TYPE", std::string("simple_stem_in")));
    n.stemWidth = field(j, "STEM_W", 32);
    n.block = blockTypeFrom(field(j, "BLOCK_TYPE", std::string("res_bottleneck_block")));
    n.headWidth = field(j, "HEAD_W", 0);
    n.seRatio = field(j, "SE_ON", false) ? field(j, "SE_R", 0.25) : 0;
}

void readAnyNet(Network& n, const json& j)
{
    readCommon(n, j);
    const auto depths = field<std::vector<int>>(j, "DEPTHS");
    const auto widths = perStage<int>(j, "WIDTHS", depths.size(), std::nullopt);
    const auto strides = perStage<int>(j, "STRIDES", depths.size(), std::nullopt);
    const auto multipliers = perStage<double>(j, "BOT_MULS", depths.size(), 1.0);
    const auto groupWidths = perStage<int>(j, "GROUP_WS", depths.size(), 1);
    for (std::size_t i = 0; i < depths.size(); ++i)
        n.stages.push_back({.depth = depths[i],
                            .width = widths[i],
                            .bottleneckRatio = bottleneckRatio(multipliers[i]),
                            .groupWidth = groupWidths[i],
                            .stride = strides[i]});
}

RegNetParameters readRegNet(Network& n, const json& j)
{
    readCommon(n, j);
    const RegNetParameters p{field(j, "DEPTH", 10),
                             field(j, "W0", 32),
                             field(j, "WA", 5.0),
                             field(j, "WM", 2.5),
                             bottleneckRatio(field(j, "BOT_MUL", 1.0)),
                             field(j, "GROUP_W", 16)};
    if (p.groupWidth < 1)
        throw Error("The field \"GROUP_W\" must be at least 1.");
    n.stages = regNet(p, n).stages;
    for (Stage& s : n.stages)
        s.stride = field(j, "STRIDE", 2);
    return p;
}

void readImageNetResNet(Network& n, const json& j, int depth)
{
    const std::map<int, std::vector<int>> published{{50, {3, 4, 6, 3}}, {101, {3, 4, 23, 3}}, {152, {3, 8, 36, 3}}};
    const auto depths = published.find(depth);
    if (depths == published.end())
        throw Error("MODEL.DEPTH of an ImageNet resnet must be 50, 101 or 152.");
    if (field(j, "STRIDE_1X1", true) && field(j, "TRANS_FUN", std::string("basic_transform")) != "basic_transform")
        throw Error("RESNET.STRIDE_1X1 True (the stride in the first 1x1) is not supported; set it to False.");
    const int groups = field(j, "NUM_GROUPS", 1);
    const int groupWidth = field(j, "WIDTH_PER_GROUP", 64);
    if (groups < 1 || groupWidth < 1 || groups > 8192 || groupWidth > 8192)
        throw Error("RESNET.NUM_GROUPS and RESNET.WIDTH_PER_GROUP must be between 1 and 8192.");
    n.stem = StemType::residual;
    n.stemWidth = 64;
    n.block = field(j, "TRANS_FUN", std::string("basic_transform")) == "basic_transform" ? BlockType::basic
                                                                                         : BlockType::bottleneck;
    for (int i = 0; i < 4; ++i)
        n.stages.push_back({.depth = depths->second[i],
                            .width = 256 << i,
                            .bottleneckRatio = 256.0 / (groups * groupWidth),
                            .groupWidth = groupWidth << i,
                            .stride = i == 0 ? 1 : 2});
}

void readCifarResNet(Network& n, int depth)
{
    if (depth < 8 || (depth - 2) % 6 != 0)
        throw Error("MODEL.DEPTH of a CIFAR resnet must be 6 n + 2.");
    n.stem = StemType::cifar;
    n.stemWidth = 16;
    n.block = BlockType::basic;
    for (int i = 0; i < 3; ++i)
        n.stages.push_back({.depth = (depth - 2) / 6, .width = 16 << i, .stride = i == 0 ? 1 : 2});
}

void readEffNet(Network& n, const json& j)
{
    n.block = BlockType::mbconv;
    n.stem = StemType::simple;
    n.stemWidth = field(j, "STEM_W", 32);
    n.headWidth = field(j, "HEAD_W", 1280);
    n.seRatio = field(j, "SE_R", 0.25);
    const auto depths = field<std::vector<int>>(j, "DEPTHS");
    const auto widths = perStage<int>(j, "WIDTHS", depths.size(), std::nullopt);
    const auto strides = perStage<int>(j, "STRIDES", depths.size(), std::nullopt);
    const auto expansions = perStage<double>(j, "EXP_RATIOS", depths.size(), std::nullopt);
    const auto kernels = perStage<int>(j, "KERNELS", depths.size(), std::nullopt);
    for (std::size_t i = 0; i < depths.size(); ++i)
        n.stages.push_back({.depth = depths[i],
                            .width = widths[i],
                            .bottleneckRatio = bottleneckRatio(expansions[i]),
                            .groupWidth = 1,
                            .stride = strides[i],
                            .kernel = kernels[i]});
}

} // namespace

Sample sampleFromPyclsYaml(const std::string& yaml)
{
    return sampleFromPyclsJob(yamlToJson(yaml, "The pycls job"));
}

Sample sampleFromPyclsJob(const json& job)
{
    const json model = section(job, "MODEL");
    const json train = section(job, "TRAIN");
    const auto type = field<std::string>(model, "TYPE");
    if (const auto scaling = field(model, "SCALING_TYPE", std::string()); !scaling.empty())
        throw Error("MODEL.SCALING_TYPE \"" + scaling + "\" is not supported; write the scaled network itself.");
    Sample sample;
    Network& n = sample.network;
    n.classes = field(model, "NUM_CLASSES", 10);
    n.activation = activationFrom(field(model, "ACTIVATION_FUN", std::string("relu")));
    n.resolution = field(train, "IM_SIZE", 224);
    if (type == "anynet")
        readAnyNet(n, section(job, "ANYNET"));
    else if (type == "regnet")
        sample.regNet = readRegNet(n, section(job, "REGNET"));
    else if (type == "effnet")
        readEffNet(n, section(job, "EN"));
    else if (type == "resnet" && field(train, "DATASET", std::string()).find("cifar") != std::string::npos)
        readCifarResNet(n, field(model, "DEPTH", 0));
    else if (type == "resnet")
        readImageNetResNet(n, section(job, "RESNET"), field(model, "DEPTH", 0));
    else
        throw Error("MODEL.TYPE \"" + type + "\" is not supported; known are anynet, regnet, resnet and effnet.");
    check(n);
    for (const Stage& s : n.stages)
        sample.drawnGroupWidths.push_back(sample.regNet ? sample.regNet->groupWidth : s.groupWidth);
    sample.complexity = complexity(n);
    return sample;
}

} // namespace spacewright
