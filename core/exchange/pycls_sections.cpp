// The sections of pycls' YAML that jobs and sweep setups have in common.
#include "core/exchange/pycls_sections.h"
#include "core/error.h"
#include <algorithm>
#include <charconv>

namespace spacewright::pycls {

std::string real(double value)
{
    char digits[32];
    std::string text(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    if (text.find('.') == std::string::npos)
        text.insert(std::min(text.find('e'), text.size()), ".0");
    return text;
}

void checkBlock(const Network& n)
{
    if (n.block == BlockType::single || n.block == BlockType::residualSingle || n.block == BlockType::mbconv)
        throw Error("pycls' anynet and regnet models know no block \"" + toText(n.block) +
                    "\", so this cannot be written for them. Save it as JSON instead.");
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

} // namespace spacewright::pycls
