// What torchvision and timm make of RegNet parameters.
#include "core/error.h"
#include "core/exchange/library_code.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

/// torchvision's _make_divisible.
int halfUp(int width, int quantum)
{
    const int rounded = std::max(quantum, (2 * width + quantum) / (2 * quantum) * quantum);
    return rounded < 0.9 * width ? rounded + quantum : rounded;
}

/// timm's quantize_float.
int halfToEven(int width, int quantum)
{
    return static_cast<int>(std::nearbyint(static_cast<double>(width) / quantum)) * quantum;
}

std::string difference(const std::vector<Stage>& here, const std::vector<Stage>& there)
{
    const auto words = [](std::size_t stage, const char* what, int a, int b) {
        return "differs: " + std::string(what) + " of stage " + std::to_string(stage + 1) + " is " + std::to_string(a) +
               " here and " + std::to_string(b) + " there";
    };
    if (here.size() != there.size())
        return "differs: " + std::to_string(here.size()) + " stages here and " + std::to_string(there.size()) +
               " there";
    for (std::size_t i = 0; i < here.size(); ++i) {
        if (here[i].width != there[i].width)
            return words(i, "the width", here[i].width, there[i].width);
        if (here[i].depth != there[i].depth)
            return words(i, "the depth", here[i].depth, there[i].depth);
        if (here[i].groupWidth != there[i].groupWidth)
            return words(i, "the group width", here[i].groupWidth, there[i].groupWidth);
        if (here[i].stride != there[i].stride)
            return words(i, "the stride", here[i].stride, there[i].stride);
    }
    return "exact";
}

} // namespace

std::vector<Stage> regNetStages(const RegNetParameters& p, Library library)
{
    const float multiplier = static_cast<float>(p.multiplier), initial = static_cast<float>(p.initialWidth);
    const float logarithm = static_cast<float>(std::log(p.multiplier));
    std::vector<Stage> stages;
    int last = 0;
    for (int j = 0; j < p.depth; ++j) {
        const float linear = static_cast<float>(j) * static_cast<float>(p.slope) + initial;
        const float level = std::nearbyint(std::log(linear / initial) / logarithm);
        const int width = static_cast<int>(std::nearbyint(initial * std::pow(multiplier, level) / 8) * 8);
        if (width != last)
            stages.push_back({.depth = 0, .width = width, .bottleneckRatio = p.bottleneckRatio});
        last = width;
        ++stages.back().depth;
    }
    const double bottleneck = 1 / p.bottleneckRatio;
    for (Stage& stage : stages) {
        const int inner = static_cast<int>(stage.width * bottleneck);
        stage.groupWidth = std::min(p.groupWidth, inner);
        const int fitted =
            library == Library::torchvision ? halfUp(inner, stage.groupWidth) : halfToEven(inner, stage.groupWidth);
        stage.width = static_cast<int>(fitted / bottleneck);
    }
    return stages;
}

std::string shortFormStatement(const Sample& sample, Library library)
{
    if (!sample.regNet)
        return {};
    const std::vector<Stage> there = regNetStages(*sample.regNet, library);
    if (library == Library::timm && there.size() != 4)
        return "differs: " + std::to_string(there.size()) + " stages here, and timm's runs four alone";
    return difference(sample.network.stages, there);
}

} // namespace spacewright
