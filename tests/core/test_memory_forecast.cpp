// The memory of a training: counted by hand for a small network, and a forecast that learns.
#include "core/schedule/memory_forecast.h"
#include <gtest/gtest.h>

namespace spacewright {
namespace {

/// A stem of 8 channels and one block of 16 with a projection, on images of 8x8.
std::vector<Layer> smallNetwork()
{
    Network n;
    n.stem = StemType::cifar;
    n.stemWidth = 8;
    n.inputChannels = 1;
    n.resolution = 8;
    n.classes = 10;
    n.block = BlockType::residualSingle; // a 3x3 convolution and a 1x1 projection, added
    n.stages = {{.depth = 1, .width = 16}};
    return layers(n);
}

TEST(MemoryForecast, countsParametersThreeTimesAndWhatTheBackwardPassReads)
{
    constexpr int images = 4;
    const MemoryNeed need = memoryNeed(smallNetwork(), images, Precision::fp32);
    const int parameters = 8 * 9 + 2 * 8         // stem
                           + 16 * 8 * 9 + 2 * 16 // convolution of the block
                           + 16 * 8 + 2 * 16     // projection
                           + 10 * 16 + 10;       // head
    EXPECT_EQ(need.parameters, 3 * 4 * parameters);
    const int stem = 8 * 8 * 8, block = 16 * 4 * 4;
    const int kept = 8 * 8       // the image
                     + 2 * stem  // convolution and norm
                     + 3 * block // both convolutions and the sum
                     + 3 * stem; // gradients under way
    EXPECT_EQ(need.activations, images * 4 * kept);
    EXPECT_EQ(need.workspace, images * 4 * (stem + block));
    EXPECT_EQ(need.total(), need.parameters + need.activations + need.workspace);
}

TEST(MemoryForecast, halvesActivationsInBf16ButNotParameters)
{
    const MemoryNeed full = memoryNeed(smallNetwork(), 64, Precision::fp32),
                     half = memoryNeed(smallNetwork(), 64, Precision::bf16);
    EXPECT_EQ(half.workspace, full.workspace / 2);
    EXPECT_EQ(half.activations, full.activations / 2 + 64 * 8 * 8 * 4) << "images are floats first";
    EXPECT_EQ(half.parameters, full.parameters / 12 * 14);
    EXPECT_EQ(memoryNeed(smallNetwork(), 64, Precision::tf32).total(), full.total());
}

TEST(MemoryForecast, takesTheFirstMeasurementInPlaceOfItsGuessAndThenTheLargest)
{
    MemoryForecast forecast;
    EXPECT_GT(forecast.bytes(1000), 1000) << "a guess on the safe side";
    forecast.learn(1000, 1100);
    EXPECT_EQ(forecast.bytes(1000), 1100);
    forecast.learn(1000, 900);
    EXPECT_EQ(forecast.bytes(1000), 1100);
    forecast.learn(1000, 1300);
    EXPECT_EQ(forecast.bytes(2000), 2600);
}

TEST(MemoryForecast, expectsMoreAfterTheDeviceWasFull)
{
    MemoryForecast forecast;
    forecast.learn(1000, 1000);
    forecast.raise();
    EXPECT_GT(forecast.bytes(1000), 1000);
    const std::int64_t raised = forecast.bytes(1000);
    forecast.learn(1000, 1000);
    EXPECT_EQ(forecast.bytes(1000), raised);
    forecast.learn(0, 1000);
    EXPECT_EQ(forecast.bytes(1000), raised) << "nothing was trained: nothing to learn";
}

} // namespace
} // namespace spacewright
