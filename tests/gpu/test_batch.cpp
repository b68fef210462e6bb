// The batch kernel: the host version against values computed by hand, the CUDA version against the host version.
#include "gpu/kernels/batch.h"
#include "core/design/random.h"
#ifdef SPACEWRIGHT_CUDA
#include "gpu/kernels/cuda_devices.h"
#include "gpu/kernels/cuda_memory.h"
#include "gpu/kernels/device_kernels.h"
#endif
#include <gtest/gtest.h>

using namespace spacewright;

namespace {

/// Two images of 2 channels and 2x2 pixels: values 0..7 and 10..17.
struct Pair {
    std::vector<std::uint8_t> pixels{0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17};
    std::vector<float> scale{1, 2}, shift{0, 100};
    BatchSource source{pixels.data(), 2, 2, scale.data(), shift.data()};
};

std::vector<float> gathered(const BatchSource& source, const std::vector<BatchItem>& items)
{
    std::vector<float> out(items.size() * source.channels * source.size * source.size, -1);
    gatherBatch(source, items.data(), static_cast<int>(items.size()), out.data());
    return out;
}

TEST(Batch, normalisesEachChannelAndPutsChannelsLast)
{
    const Pair pair;
    EXPECT_EQ(gathered(pair.source, {{.image = 1}, {.image = 0}}),
              (std::vector<float>{10, 128, 11, 130, 12, 132, 13, 134, 0, 108, 1, 110, 2, 112, 3, 114}));
}

TEST(Batch, flipsLeftAndRight)
{
    const Pair pair;
    EXPECT_EQ(gathered(pair.source, {{.image = 0, .flip = 1}}), (std::vector<float>{1, 110, 0, 108, 3, 114, 2, 112}));
}

TEST(Batch, shiftsAfterFlippingAndFillsWithTheMean)
{
    const Pair pair;
    EXPECT_EQ(gathered(pair.source, {{.image = 0, .down = 1, .right = -1}}),
              (std::vector<float>{0, 0, 2, 112, 0, 0, 0, 0}));
    EXPECT_EQ(gathered(pair.source, {{.image = 0, .down = -1, .right = 1, .flip = 1}}),
              (std::vector<float>{0, 0, 0, 0, 0, 108, 0, 0}));
    EXPECT_EQ(gathered(pair.source, {{.image = 0, .down = 4, .right = 4}}), std::vector<float>(8, 0));
}

#ifdef SPACEWRIGHT_CUDA
TEST(Batch, isTheSameOnTheDevice)
{
    if (cudaDescriptions().empty())
        GTEST_SKIP() << "no CUDA device";
    constexpr int images = 20, channels = 3, size = 28;
    Random random(1, 1);
    std::vector<std::uint8_t> pixels(images * channels * size * size);
    for (std::uint8_t& pixel : pixels)
        pixel = static_cast<std::uint8_t>(random.below(256));
    const std::vector<float> scale{0.01f, 0.02f, 0.03f}, shift{-1, 0.5f, 0};
    std::vector<BatchItem> items(100);
    for (BatchItem& item : items)
        item = {static_cast<std::int32_t>(random.below(images)), static_cast<std::int16_t>(random.below(9) - 4),
                static_cast<std::int16_t>(random.below(9) - 4), static_cast<std::int32_t>(random.below(2))};
    const BatchSource source{pixels.data(), channels, size, scale.data(), shift.data()};
    const std::vector<float> host = gathered(source, items);
    const cuda::Array devicePixels(pixels);
    const cuda::Array deviceScale(scale), deviceShift(shift);
    const cuda::Array deviceItems(items);
    const cuda::Array<float> out(host.size());
    cudaKernels().gather({devicePixels.data(), channels, size, deviceScale.data(), deviceShift.data()},
                         deviceItems.data(), static_cast<int>(items.size()), out.data(), {});
    const std::vector<float> device = out.onHost();
    ASSERT_EQ(host.size(), device.size());
    for (std::size_t i = 0; i < host.size(); ++i)
        ASSERT_NEAR(host[i], device[i], 1e-6) << i; // one fused multiply-add's rounding
}
#endif

} // namespace
