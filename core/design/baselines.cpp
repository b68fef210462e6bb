// The networks that the paper compares with, as spaces of one network each.
#include "core/design/single_network.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

struct RegNetRow {
    const char* size;
    int depth, initialWidth;
    double slope, multiplier;
    int groupWidth;
};

/// Radosavovic et al. 2020, figures 15 and 16.
constexpr RegNetRow regNetXRows[] = {
    {"200MF", 13, 24, 36.44, 2.49, 8},   {"400MF", 22, 24, 24.48, 2.54, 16},  {"600MF", 16, 48, 36.97, 2.24, 24},
    {"800MF", 16, 56, 35.73, 2.28, 16},  {"1.6GF", 18, 80, 34.01, 2.25, 24},  {"3.2GF", 25, 88, 26.31, 2.25, 48},
    {"4.0GF", 23, 96, 38.65, 2.43, 40},  {"6.4GF", 17, 184, 60.83, 2.07, 56}, {"8.0GF", 23, 80, 49.56, 2.88, 120},
    {"12GF", 19, 168, 73.36, 2.37, 112}, {"16GF", 22, 216, 55.59, 2.1, 128},  {"32GF", 23, 320, 69.86, 2.0, 168}};
constexpr RegNetRow regNetYRows[] = {
    {"200MF", 13, 24, 36.44, 2.49, 8},   {"400MF", 16, 48, 27.89, 2.09, 8},    {"600MF", 15, 48, 32.54, 2.32, 16},
    {"800MF", 14, 56, 38.84, 2.4, 16},   {"1.6GF", 27, 48, 20.71, 2.65, 24},   {"3.2GF", 21, 80, 42.63, 2.66, 24},
    {"4.0GF", 22, 96, 31.41, 2.24, 64},  {"6.4GF", 25, 112, 33.22, 2.27, 72},  {"8.0GF", 17, 192, 76.82, 2.19, 56},
    {"12GF", 19, 168, 73.36, 2.37, 112}, {"16GF", 18, 200, 106.23, 2.48, 112}, {"32GF", 20, 232, 115.89, 2.53, 232}};

Distribution only(double value, double quantum)
{
    return {Distribution::Kind::uniform, value, value, quantum};
}

Space regNet(const std::string& family, const RegNetRow& row)
{
    Space s = namedSpace(family);
    s.name = family + "-" + row.size;
    s.depth = only(row.depth, 1);
    s.initialWidth = only(row.initialWidth, 8);
    s.slope = only(row.slope, 0.01);
    s.multiplier = only(row.multiplier, 0.01);
    s.bottleneckRatio = only(1, 1);
    s.groupWidth = only(row.groupWidth, 1);
    return s;
}

/// He et al. 2016 and Xie et al. 2017 (32 groups), with the stride of a stage in its 3x3.
Space resNet(const std::string& name, const std::vector<int>& depths, bool next)
{
    Network n{.stem = StemType::residual, .stemWidth = 64, .stages = {}};
    for (int i = 0; i < 4; ++i) {
        const int width = 256 << i;
        n.stages.push_back({.depth = depths[i],
                            .width = width,
                            .bottleneckRatio = next ? 2.0 : 4.0,
                            .groupWidth = next ? width / 2 / 32 : width / 4,
                            .stride = i == 0 ? 1 : 2});
    }
    return singleNetwork(name, n);
}

/// To a multiple of 8 that is at least nine tenths of the scaled width.
int scaledWidth(int width, double factor)
{
    const double wanted = width * factor;
    const int rounded = std::max(8, static_cast<int>(wanted + 4) / 8 * 8);
    return rounded < 0.9 * wanted ? rounded + 8 : rounded;
}

/// Tan and Le 2019: B0 scaled in width, depth and resolution.
Space efficientNet(const std::string& name, double widthFactor, double depthFactor, int resolution)
{
    constexpr int depths[] = {1, 2, 2, 3, 3, 4, 1}, widths[] = {16, 24, 40, 80, 112, 192, 320},
                  strides[] = {1, 2, 2, 2, 1, 2, 1}, kernels[] = {3, 3, 5, 3, 5, 5, 3};
    Network n{.stemWidth = scaledWidth(32, widthFactor),
              .block = BlockType::mbconv,
              .activation = Activation::silu,
              .seRatio = 0.25,
              .stages = {},
              .headWidth = scaledWidth(1280, widthFactor),
              .resolution = resolution};
    for (int i = 0; i < 7; ++i)
        n.stages.push_back({.depth = static_cast<int>(std::ceil(depths[i] * depthFactor)),
                            .width = scaledWidth(widths[i], widthFactor),
                            .bottleneckRatio = i == 0 ? 1 : 1.0 / 6,
                            .stride = strides[i],
                            .kernel = kernels[i]});
    return singleNetwork(name, n);
}

/// Simonyan and Zisserman 2015, their 16 layers: plain 3x3 convolutions at full resolution from the start. Unlike
/// theirs each has a batch norm, strides stand for the max pools, and one linear layer for the three.
Space vggLike()
{
    constexpr int depths[] = {1, 2, 3, 3, 3}, widths[] = {64, 128, 256, 512, 512};
    Network n{.stem = StemType::cifar, .stemWidth = 64, .block = BlockType::single, .stages = {}};
    for (int i = 0; i < 5; ++i)
        n.stages.push_back({.depth = depths[i], .width = widths[i], .stride = i == 0 ? 1 : 2});
    return singleNetwork("VGG-16-like", n);
}

/// Sandler et al. 2018: inverted bottlenecks without Squeeze-and-Excitation; ReLU in place of ReLU6.
Space mobileNetV2Like()
{
    constexpr int depths[] = {1, 2, 3, 4, 3, 3, 1}, widths[] = {16, 24, 32, 64, 96, 160, 320},
                  strides[] = {1, 2, 2, 2, 1, 2, 1};
    Network n{.block = BlockType::mbconv, .stages = {}, .headWidth = 1280};
    for (int i = 0; i < 7; ++i)
        n.stages.push_back(
            {.depth = depths[i], .width = widths[i], .bottleneckRatio = i == 0 ? 1 : 1.0 / 6, .stride = strides[i]});
    return singleNetwork("MobileNetV2-like", n);
}

std::vector<Space> makeBaselines()
{
    std::vector<Space> spaces{resNet("ResNet-50", {3, 4, 6, 3}, false), resNet("ResNet-101", {3, 4, 23, 3}, false),
                              resNet("ResNet-152", {3, 8, 36, 3}, false), resNet("ResNeXt-50", {3, 4, 6, 3}, true),
                              resNet("ResNeXt-101", {3, 4, 23, 3}, true)};
    for (const RegNetRow& row : regNetXRows)
        spaces.push_back(regNet("RegNetX", row));
    for (const RegNetRow& row : regNetYRows)
        spaces.push_back(regNet("RegNetY", row));
    spaces.push_back(efficientNet("EfficientNet-B0", 1.0, 1.0, 224));
    spaces.push_back(efficientNet("EfficientNet-B1", 1.0, 1.1, 240));
    spaces.push_back(efficientNet("EfficientNet-B2", 1.1, 1.2, 260));
    spaces.push_back(efficientNet("EfficientNet-B3", 1.2, 1.4, 300));
    spaces.push_back(efficientNet("EfficientNet-B4", 1.4, 1.8, 380));
    spaces.push_back(efficientNet("EfficientNet-B5", 1.6, 2.2, 456));
    spaces.push_back(vggLike());
    spaces.push_back(mobileNetV2Like());
    return spaces;
}

} // namespace

Space singleNetwork(const std::string& name, const Network& network)
{
    Space s;
    s.name = name;
    s.stages = static_cast<int>(network.stages.size());
    s.prototype = network;
    s.prototype.stages.clear();
    s.networks = {network};
    return s;
}

const std::vector<Space>& baselines()
{
    static const std::vector<Space> spaces = makeBaselines();
    return spaces;
}

} // namespace spacewright
