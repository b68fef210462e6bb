// Words for a network's parts, and what makes it buildable.
#include "core/network/network.h"
#include "core/error.h"
#include "core/network/compatibility.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace spacewright {

namespace {

template <class Value, std::size_t N>
using Words = std::array<std::pair<Value, const char*>, N>;

constexpr Words<BlockType, 7> blockWords{{{BlockType::bottleneck, "res_bottleneck_block"},
                                          {BlockType::bottleneckLinear, "res_bottleneck_linear_block"},
                                          {BlockType::basic, "res_basic_block"},
                                          {BlockType::vanilla, "vanilla_block"},
                                          {BlockType::mbconv, "mbconv"},
                                          {BlockType::single, "v_block"},
                                          {BlockType::residualSingle, "vr_block"}}};
constexpr Words<StemType, 3> stemWords{
    {{StemType::simple, "simple_stem_in"}, {StemType::residual, "res_stem_in"}, {StemType::cifar, "res_stem_cifar"}}};
constexpr Words<Activation, 2> activationWords{{{Activation::relu, "relu"}, {Activation::silu, "silu"}}};

template <class Value, std::size_t N>
std::string word(const Words<Value, N>& words, Value value)
{
    return std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.first == value; })->second;
}

template <class Value, std::size_t N>
Value meaning(const Words<Value, N>& words, const std::string& text, const std::string& what)
{
    std::string allowed;
    for (const auto& [value, name] : words) {
        if (text == name)
            return value;
        allowed += (allowed.empty() ? "" : ", ") + std::string(name);
    }
    throw Error("\"" + text + "\" is no " + what + "; known are " + allowed + ".");
}

void checkStage(const Network& n, const Stage& s, const std::string& name)
{
    // The upper ends keep the counts of any file that somebody else wrote within 64 bits.
    if (s.depth < 1 || s.width < 1 || s.width > 8192 || s.stride < 1 || s.stride > 16 || s.kernel < 1 || s.kernel > 7 ||
        s.kernel % 2 == 0 || s.groupWidth < 1 || !(s.bottleneckRatio >= 1.0 / 64) || !(s.bottleneckRatio <= 64))
        throw Error(name + " cannot be built: depth, width, stride, kernel, group width and bottleneck ratio must be "
                           "positive and of a sensible size.");
    if (!hasGroups(n.block))
        return;
    const int inner = static_cast<int>(std::nearbyint(s.width / s.bottleneckRatio));
    if (inner < 1 || inner % s.groupWidth != 0)
        throw Error(name + ": the 3x3's width " + std::to_string(inner) + " (width " + std::to_string(s.width) +
                    ") is no multiple of the group width " + std::to_string(s.groupWidth) +
                    "; choose a width that fits.");
}

} // namespace

int totalDepth(const Network& n)
{
    return std::accumulate(n.stages.begin(), n.stages.end(), 0, [](int d, const Stage& s) { return d + s.depth; });
}

std::vector<int> widthPerBlock(const Network& n)
{
    std::vector<int> widths;
    for (const Stage& s : n.stages)
        widths.insert(widths.end(), s.depth, s.width);
    return widths;
}

std::string toText(BlockType v)
{
    return word(blockWords, v);
}
std::string toText(StemType v)
{
    return word(stemWords, v);
}
std::string toText(Activation v)
{
    return word(activationWords, v);
}
BlockType blockTypeFrom(const std::string& text)
{
    return meaning(blockWords, text, "block type");
}
StemType stemTypeFrom(const std::string& text)
{
    return meaning(stemWords, text, "stem type");
}
Activation activationFrom(const std::string& text)
{
    return meaning(activationWords, text, "activation");
}

void check(const Network& n)
{
    if (n.stages.empty() || n.stages.size() > 64)
        throw Error("A network needs 1 to 64 stages; this one has " + std::to_string(n.stages.size()) + ".");
    if (n.stemWidth < 1 || n.stemWidth > 8192 || n.headWidth < 0 || n.headWidth > 8192 || n.inputChannels < 1 ||
        n.inputChannels > 1024 || n.resolution < 1 || n.resolution > 2048 || n.classes < 1 || n.classes > 1000000 ||
        !(n.seRatio >= 0) || n.seRatio > 16)
        throw Error("The network cannot be built: stem width, head width, input channels, resolution, classes or the "
                    "Squeeze-and-Excitation ratio is out of range.");
    std::int64_t depth = 0;
    for (std::size_t i = 0; i < n.stages.size(); ++i) {
        checkStage(n, n.stages[i], "Stage " + std::to_string(i + 1));
        depth += n.stages[i].depth;
    }
    if (depth > 512)
        throw Error("A network may have at most 512 blocks; this one has " + std::to_string(depth) + ".");
}

} // namespace spacewright
