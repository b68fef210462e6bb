// pycls' job YAML, out: the configuration with which the authors' code trains the same network.
#include "core/exchange/pycls_yaml.h"
#include "core/error.h"
#include "core/exchange/pycls_sections.h"
#include "core/network/regnet.h"

namespace spacewright {

namespace {

using pycls::entry;
using pycls::real;

template <class Value>
void list(YAML::Emitter& out, const char* key, const Network& n, Value value)
{
    out << YAML::Key << key << YAML::Value << YAML::Flow << YAML::BeginSeq;
    for (const Stage& s : n.stages)
        out << value(s);
    out << YAML::EndSeq;
}

void anyNet(YAML::Emitter& out, const Network& n)
{
    out << YAML::Key << "ANYNET" << YAML::Value << YAML::BeginMap;
    pycls::common(out, n);
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
    pycls::common(out, n);
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

} // namespace

std::string toPyclsYaml(const Sample& sample, const Recipe& recipe)
{
    const Network& n = sample.network;
    pycls::checkBlock(n);
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
    pycls::training(out, n, recipeOf(sample, recipe));
    entry(out, "NUM_GPUS", 1);
    entry(out, "OUT_DIR", "out");
    out << YAML::EndMap;
    return std::string(out.c_str()) + "\n";
}

} // namespace spacewright
