// The CUDA kernels of the loss, the optimiser and the scaling of images against their host versions.
#include "device_kernel_test.h"
#include <algorithm>
#include <utility>

using namespace spacewright;

namespace {

TEST_P(DeviceKernel, givesTheCrossEntropyAndItsGradient)
{
    for (const auto& [batch, classes] : {std::pair{1, 2}, {64, 10}, {70, 100}, {33, 1000}}) {
        Both<float> logits(random(std::int64_t{batch} * classes, -20, 20)), gradient = table(batch * classes),
                                                                            loss = table(1);
        std::vector<std::uint8_t> label(batch);
        for (std::uint8_t& one : label)
            one = static_cast<std::uint8_t>(m_random.below(std::min(classes, 256)));
        Both<std::uint8_t> labels(label);
        for (const double smoothing : {0.0, 0.1}) {
            onBoth(&DeviceKernels::crossEntropy, [&](Side s) {
                return CrossEntropy{batch, classes, logits.at(s), labels.at(s), smoothing, gradient.at(s), loss.at(s)};
            });
            expectSame(loss, 1e-6);
            expectSame(gradient, 1e-6);
        }
    }
}

TEST_P(DeviceKernel, takesTheOptimisersStep)
{
    for (const int count : {1, 1003, 2'000'000}) {
        Both<float> weights = table(count), gradients = table(count), velocity = table(count);
        onBoth(&DeviceKernels::sgd, [&](Side s) {
            return SgdStep{count, weights.at(s), gradients.at(s), velocity.at(s), 0.05f, 0.9f, 5e-3f};
        });
        expectSame(weights, 1e-6);
        expectSame(velocity, 1e-6);
    }
}

TEST_P(DeviceKernel, scalesImagesAndGivesBothGradients)
{
    constexpr int batch = 3;
    for (const auto& [area, channels] : {std::pair{49, 24}, {4, 6}, {3136, 64}, {1, 700}}) {
        const std::int64_t count = std::int64_t{batch} * area * channels;
        Values x = values(count), dy = values(count), y = values(count);
        Both<float> factors = table(batch * channels), dfactors = table(batch * channels),
                    dpooled = table(batch * channels);
        for (const Side s : {Side::host, Side::device}) {
            const DeviceKernels& k = s == Side::host ? hostDeviceKernels() : cudaKernels();
            k.scale({batch, area, channels, x.at(s), factors.at(s)}, y.at(s), m_on);
            k.factorGradient({batch, area, channels, x.at(s), nullptr}, dy.at(s), dfactors.at(s), m_on);
            k.scaleBackward({batch, area, channels, dy.at(s), factors.at(s)}, dpooled.at(s), dy.at(s), m_on);
        }
        y.expectSame();
        dy.expectSame();
        expectSame(dfactors);
    }
}

INSTANTIATE_TEST_SUITE_P(In, DeviceKernel, testing::Bool(),
                         [](const auto& info) { return info.param ? "bf16" : "fp32"; });

} // namespace
