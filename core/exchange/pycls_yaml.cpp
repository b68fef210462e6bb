// pycls' job YAML, out: the configuration with which the authors' code trains the same network.
#include "core/exchange/pycls_yaml.h"
#include "core/error.h"
#include "core/network/regnet.h"
#include <algorithm>
#include <charconv>
#include <yaml-cpp/yaml.h>

namespace spacewright {

namespace {

template <class Value>
void list(YAML::Emitter& out, const char* key, const Network& n, Value value)
{
    out << YAML::Key << key << YAML::Value << YAML::Flow << YAML::BeginSeq;
    for (const Stage& s : n.stages)
        out << value(s);
    out << YAML::EndSeq;
}

template <class Value>
void entry(YAML::Emitter& out, const char* key, const Value& value)
{
    out << YAML::Key << key << YAML::Value << value;
}

/// The shortest digits that read back as the same number, with a point: YAML 1.1 takes 1 for an integer and 5e-05 for
/// text.
std::string real(double value)
{
    char digits[32];
    std::string text(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    if (text.find('.') == std::string::npos)
        text.insert(std::min(text.find('e'), text.size()), ".0");
    return text;
}

void common(YAML::Emitter& out, const Network& n)
{
    entry(out, "STEM_TYPE", toText(n.stem));
    entry(out, "STEM_W", n.stemWidth);
    entry(out, "BLOCK_TYPE", toText(n.block));
    entry(out, "HEAD_W", n.headWidth);
    entry(out, "SE_ON", n.seRatio > 0 ? "True" : "False");
    if (n.seRatio > 0)
        entry(out, "SE_R", real(n.seRatio));
}

void anyNet(YAML::Emitter& out, const Network& n)
{
    out << YAML::Key << "ANYNET" << YAML::Value << YAML::BeginMap;
    common(out, n);
    list(out, "DEPTHS", n, [](const Stage& s) { return s.depth; });
    list(out, "WIDTHS", n, [](const Stage& s) { return s.width; });
    list(out, "STRIDES", n, [](const Stage& s) { return s.stride; });
    list(out, "BOT_MULS", n, [](const Stage& s) { return real(1 / s.bottleneckRatio); });
    list(out, "GROUP_WS", n, [](const Stage& s) { return s.groupWidth; });
    out << YAML::EndMap;
}

void regNetSection(YAML::Emitter& out, const RegNetParameters& p, const Network& n)
{
    out << YAML::Key << "REGNET" << YAML::Value << YAML::BeginMap;
    common(out, n);
    entry(out, "STRIDE", n.stages[0].stride);
    entry(out, "DEPTH", p.depth);
    entry(out, "W0", p.initialWidth);
    entry(out, "WA", real(p.slope));
    entry(out, "WM", real(p.multiplier));
    entry(out, "GROUP_W", p.groupWidth);
    entry(out, "BOT_MUL", real(1 / p.bottleneckRatio));
    out << YAML::EndMap;
}

/// Whether pycls would build exactly this network from the RegNet parameters.
bool isThatRegNet(const Sample& sample)
{
    if (!sample.regNet)
        return false;
    Network built = regNet(*sample.regNet, sample.network);
    for (Stage& s : built.stages)
        s.stride = sample.network.stages[0].stride;
    return built == sample.network;
}

void training(YAML::Emitter& out, const Network& n, const Recipe& r)
{
    out << YAML::Key << "OPTIM" << YAML::Value << YAML::BeginMap;
    entry(out, "LR_POLICY", "cos");
    entry(out, "BASE_LR", real(r.rate));
    entry(out, "MAX_EPOCH", r.epochs);
    entry(out, "MOMENTUM", real(r.momentum));
    entry(out, "NESTEROV", "True");
    entry(out, "WEIGHT_DECAY", real(r.weightDecay));
    entry(out, "WARMUP_EPOCHS", r.warmupEpochs);
    out << YAML::EndMap;
    const bool known = r.data == "cifar10" || r.data == "imagenet";
    for (const char* section : {"TRAIN", "TEST"}) {
        const bool train = std::string(section) == "TRAIN";
        out << YAML::Key << section << YAML::Value << YAML::BeginMap;
        entry(out, "DATASET", known ? r.data : "cifar10");
        if (!known)
            out << YAML::Comment("trained here on " + r.data + ", which pycls does not read");
        entry(out, "BATCH_SIZE", r.batch);
        entry(out, "IM_SIZE", n.resolution);
        if (train && r.labelSmoothing > 0)
            entry(out, "LABEL_SMOOTHING", real(r.labelSmoothing));
        out << YAML::EndMap;
    }
}

} // namespace

std::string toPyclsYaml(const Sample& sample, const Recipe& recipe)
{
    const Network& n = sample.network;
    if (n.block == BlockType::single || n.block == BlockType::residualSingle || n.block == BlockType::mbconv)
        throw Error("pycls' anynet and regnet models know no block \"" + toText(n.block) +
                    "\", so this network cannot be written for them. Save it as JSON instead.");
    const bool asRegNet = isThatRegNet(sample);
    YAML::Emitter out;
    out << YAML::Comment("pycls job: " + std::to_string(sample.complexity.flops) + " flops, " +
                         std::to_string(sample.complexity.params) + " params, " +
                         std::to_string(sample.complexity.activations) + " activations at " +
                         std::to_string(n.inputChannels) + " x " + std::to_string(n.resolution) + " x " +
                         std::to_string(n.resolution));
    if (n.inputChannels != 3)
        out << YAML::Newline << YAML::Comment("pycls always builds a stem of three input channels");
    out << YAML::BeginMap;
    out << YAML::Key << "MODEL" << YAML::Value << YAML::BeginMap;
    entry(out, "TYPE", asRegNet ? "regnet" : "anynet");
    entry(out, "NUM_CLASSES", n.classes);
    entry(out, "ACTIVATION_FUN", toText(n.activation));
    out << YAML::EndMap;
    if (asRegNet)
        regNetSection(out, *sample.regNet, n);
    else
        anyNet(out, n);
    training(out, n, recipeOf(sample, recipe));
    entry(out, "NUM_GPUS", 1);
    entry(out, "OUT_DIR", "out");
    out << YAML::EndMap;
    return std::string(out.c_str()) + "\n";
}

} // namespace spacewright
