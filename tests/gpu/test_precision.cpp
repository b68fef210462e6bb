// A training step in bfloat16 beside one in floats, and what is refused.
#include "core/error.h"
#include "gpu/device.h"
#include "gpu/kernels/kernels.h"
#include "gpu/module.h"
#include <gtest/gtest.h>
#include <cmath>

using namespace spacewright;

namespace {

/// With SiLU: a ReLU's corner would turn rounding into whole elements of a gradient.
const Network network{.stem = StemType::cifar,
                      .stemWidth = 16,
                      .activation = Activation::silu,
                      .stages = {{.depth = 1, .width = 16}, {.depth = 2, .width = 32}},
                      .inputChannels = 1,
                      .resolution = 14,
                      .classes = 10};

std::unique_ptr<Module> moduleIn(const Device& device)
{
    computeOnOneThread();
    const std::vector<Layer> list = layers(network);
    return makeModule(list, initialState(list, Random(1, 1)), device);
}

/// ||a - b|| / ||b|| over all arrays.
double distance(const std::vector<NamedArray>& a, const std::vector<NamedArray>& b)
{
    double differences = 0, squares = 0;
    for (std::size_t i = 0; i < b.size(); ++i)
        for (std::size_t j = 0; j < b[i].values.size(); ++j) {
            differences += std::pow(a[i].values[j] - b[i].values[j], 2);
            squares += std::pow(b[i].values[j], 2);
        }
    return std::sqrt(differences / squares);
}

/// A factor of 8 significant bits is off by at most 2^-9, a product of two by 2^-8; so is a sum of products, compared
/// with its terms' sizes, and the errors of layers one behind the other add up. Backward as many follow.
TEST(Precision, bfloatStaysWithinTheRoundingOfItsFactors)
{
    if (!bfloatProducts())
        GTEST_SKIP() << "this processor has no bfloat16 arithmetic";
    constexpr int images = 64, depth = 3 * 2; // blocks, and their 1x1 convolutions one behind the other
    constexpr double bound = depth / 256.0;
    std::vector<float> input(images * 14 * 14);
    std::vector<std::uint8_t> labels(images);
    Random random(2, 0);
    for (float& value : input)
        value = static_cast<float>(4 * random.uniform() - 1.5);
    for (std::uint8_t& label : labels)
        label = static_cast<std::uint8_t>(random.below(10));

    const auto exact = moduleIn({}), bfloat = moduleIn({.precision = Precision::bf16});
    const Module::Pass expected = exact->trainingPass(input.data(), labels.data(), images, 0.1);
    const Module::Pass actual = bfloat->trainingPass(input.data(), labels.data(), images, 0.1);
    const double logits = distance({{"", {}, actual.logits}}, {{"", {}, expected.logits}});
    EXPECT_LT(logits, bound);
    EXPECT_GT(logits, 1e-5) << "that is no bfloat16";
    EXPECT_NEAR(actual.loss, expected.loss, bound * expected.loss);
    EXPECT_LT(distance(bfloat->gradients(), exact->gradients()), 2 * bound);
}

std::string refusalOf(const Device& device)
{
    try {
        moduleIn(device);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(Precision, isRefusedInASentenceWhereTheDeviceHasItNot)
{
    EXPECT_EQ(refusalOf({.precision = Precision::tf32}).find("Only GPUs have tf32"), 0u);
    EXPECT_EQ(refusalOf({.reference = true, .precision = Precision::bf16}).find("The reference computes in fp32"), 0u);
    EXPECT_EQ(refusalOf({.precision = Precision::bf16}).empty(), bfloatProducts() != nullptr);
}

} // namespace
