// Every CUDA kernel against its host version, on the same random numbers, in float and in bfloat16.
#include "core/design/random.h"
#include "gpu/kernels/cuda_devices.h"
#include "gpu/kernels/cuda_memory.h"
#include "host_device_kernels.h"
#include <gtest/gtest.h>
#include <cmath>

using namespace spacewright;

namespace {

enum class Side { host, device };

/// The same numbers in both memories.
template <class T>
class Both {
public:
    explicit Both(std::vector<T> values) : m_host(std::move(values)), m_device(m_host) {}
    T* at(Side side) { return side == Side::host ? m_host.data() : m_device.data(); }
    const std::vector<T>& onHost() const { return m_host; }
    std::vector<T> onDevice() const { return m_device.onHost(); }

private:
    std::vector<T> m_host;
    cuda::Array<T> m_device;
};

/// Whether activations are bfloat16.
class DeviceKernel : public testing::TestWithParam<bool> {
protected:
    void SetUp() override
    {
        if (cudaDescriptions().empty())
            GTEST_SKIP() << "no CUDA device";
    }

    struct Shape {
        int rows, channels;
        std::int64_t count() const { return std::int64_t{rows} * channels; }
    };
    /// Few and many rows, channels that fill blocks of threads and that do not.
    static constexpr Shape shapes[] = {{200, 16}, {49, 24},    {150, 5},   {7, 200}, {1, 3},
                                       {9000, 8}, {70000, 48}, {300, 408}, {3, 2048}};

    /// Activations in both memories, passed as the kernels want them.
    class Values {
    public:
        Values(const std::vector<float>& values, bool bf16)
            : m_bf16(bf16), m_floats(bf16 ? std::vector<float>() : values),
              m_halves(bf16 ? toBf16(values) : std::vector<std::uint16_t>())
        {
        }
        float* at(Side side) { return m_bf16 ? reinterpret_cast<float*>(m_halves.at(side)) : m_floats.at(side); }
        void expectSame() const
        {
            const auto host = m_bf16 ? fromBf16(m_halves.onHost()) : m_floats.onHost();
            const auto device = m_bf16 ? fromBf16(m_halves.onDevice()) : m_floats.onDevice();
            expectClose(device, host, m_bf16 ? 1.0 / 128 : 1e-6); // one rounding to 8 bits; one of a multiply-add
        }

    private:
        bool m_bf16;
        Both<float> m_floats;
        Both<std::uint16_t> m_halves;
    };

    template <class T>
    static void expectClose(const std::vector<T>& actual, const std::vector<T>& expected, double bound)
    {
        ASSERT_EQ(actual.size(), expected.size());
        double largest = 0;
        for (T value : expected)
            largest = std::max(largest, std::abs(static_cast<double>(value)));
        for (std::size_t i = 0; i < actual.size(); ++i)
            ASSERT_NEAR(actual[i], expected[i], bound * largest) << "at " << i << " of " << actual.size();
    }
    /// Tables and what is computed from sums.
    template <class T>
    static void expectSame(const Both<T>& both, double bound = 1e-5)
    {
        expectClose(both.onDevice(), both.onHost(), bound);
    }
    /// Sums lie in as many entries as each version wants.
    static void expectSameSums(const Both<double>& both, const Shape& shape)
    {
        const auto totals = [&](const std::vector<double>& sums, int entries) {
            std::vector<double> result;
            for (int c = 0; c < shape.channels; ++c)
                result.push_back(totalOf(sums.data(), entries, shape.channels, c));
            return result;
        };
        expectClose(totals(both.onDevice(), cudaKernels().sumEntries(shape.count(), shape.channels)),
                    totals(both.onHost(), hostDeviceKernels().sumEntries(shape.count(), shape.channels)), 1e-5);
    }

    std::vector<float> random(std::int64_t count, double low = -1, double high = 1)
    {
        std::vector<float> result(static_cast<std::size_t>(count));
        for (float& value : result)
            value = static_cast<float>(low + (high - low) * m_random.uniform());
        return result;
    }
    Values values(std::int64_t count) { return Values(random(count), GetParam()); }
    Both<float> table(int count, double low = -1) { return Both<float>(random(count, low)); }

    /// Calls the host's version and the device's.
    template <class Kernel, class MakeCall>
    void onBoth(Kernel DeviceKernels::*kernel, MakeCall callFor)
    {
        (hostDeviceKernels().*kernel)(callFor(Side::host), m_on);
        (cudaKernels().*kernel)(callFor(Side::device), m_on);
    }

    /// Full of numbers that spoil what depends on them.
    static Both<double> sums(const Shape& shape)
    {
        return Both<double>(std::vector<double>(cudaKernels().sumEntries(shape.count(), shape.channels), NAN));
    }

    Launch m_on{nullptr, GetParam()};
    Random m_random{7, 1};
};

TEST_P(DeviceKernel, sumsABatch)
{
    for (const Shape& shape : shapes) {
        Values x = values(shape.count());
        Both<float> centre = table(shape.channels);
        Both<double> sum = sums(shape), squares = sums(shape);
        onBoth(&DeviceKernels::batchSums, [&](Side s) {
            return BatchSums{shape.count(), shape.channels, x.at(s), centre.at(s), sum.at(s), squares.at(s)};
        });
        expectSameSums(sum, shape);
        expectSameSums(squares, shape);
    }
}

TEST_P(DeviceKernel, normalises)
{
    for (const Shape& shape : shapes)
        for (int skipped = 0; skipped < 3; ++skipped)
            for (const bool relu : {false, true}) {
                Values x = values(shape.count()), skip = values(shape.count()), y = values(shape.count());
                Both<float> scale = table(shape.channels), offset = table(shape.channels),
                            skipScale = table(shape.channels), skipOffset = table(shape.channels);
                onBoth(&DeviceKernels::normalise, [&](Side s) {
                    return Normalise{.count = shape.count(),
                                     .period = shape.channels,
                                     .x = x.at(s),
                                     .scale = scale.at(s),
                                     .offset = offset.at(s),
                                     .skip = skipped > 0 ? skip.at(s) : nullptr,
                                     .skipScale = skipped > 1 ? skipScale.at(s) : nullptr,
                                     .skipOffset = skipped > 1 ? skipOffset.at(s) : nullptr,
                                     .relu = relu,
                                     .y = y.at(s)};
                });
                y.expectSame();
            }
}

TEST_P(DeviceKernel, sumsAGradient)
{
    for (const Shape& shape : shapes)
        for (int wanted = 0; wanted < 8; ++wanted) {
            const bool other = wanted & 1, relu = wanted & 2, hasSkip = wanted & 4;
            Values dy = values(shape.count()), dyOther = values(shape.count()), y = values(shape.count()),
                   x = values(shape.count()), skip = values(shape.count());
            Both<float> mean = table(shape.channels), skipMean = table(shape.channels);
            Both<double> sum = sums(shape), products = sums(shape), skipProducts = sums(shape);
            onBoth(&DeviceKernels::gradientSums, [&](Side s) {
                return GradientSums{.count = shape.count(),
                                    .period = shape.channels,
                                    .dy = dy.at(s),
                                    .dyOther = other ? dyOther.at(s) : nullptr,
                                    .y = relu ? y.at(s) : nullptr,
                                    .x = x.at(s),
                                    .mean = mean.at(s),
                                    .skip = hasSkip ? skip.at(s) : nullptr,
                                    .skipMean = hasSkip ? skipMean.at(s) : nullptr,
                                    .g = dy.at(s),
                                    .sums = sum.at(s),
                                    .products = products.at(s),
                                    .skipProducts = hasSkip ? skipProducts.at(s) : nullptr};
            });
            dy.expectSame();
            expectSameSums(sum, shape);
            expectSameSums(products, shape);
            if (hasSkip)
                expectSameSums(skipProducts, shape);
        }
}

TEST_P(DeviceKernel, combinesTheGradientOfTheInput)
{
    for (const Shape& shape : shapes) {
        Values g = values(shape.count()), x = values(shape.count());
        Both<float> a = table(shape.channels), b = table(shape.channels), c = table(shape.channels);
        onBoth(&DeviceKernels::gradient, [&](Side s) {
            return NormaliseGradient{shape.count(), shape.channels, g.at(s), x.at(s),
                                     a.at(s),       b.at(s),        c.at(s), x.at(s)};
        });
        x.expectSame();
    }
}

/// One batch norm's numbers in both memories.
struct NormTables {
    Both<float> gamma, beta, runningMean, runningVariance;
    NormChannels at(int channels, Side s)
    {
        return {channels, gamma.at(s), beta.at(s), runningMean.at(s), runningVariance.at(s)};
    }
};

TEST_P(DeviceKernel, finishesStatistics)
{
    for (const auto& [blocks, channels] : {std::pair{1, 3}, {5, 40}, {300, 64}, {9, 2048}}) {
        NormTables norm{table(channels), table(channels), table(channels), table(channels, 0.1)};
        const std::vector<float> sum = random(std::int64_t{blocks} * channels),
                                 square = random(std::int64_t{blocks} * channels, 2, 3);
        Both<double> sums({sum.begin(), sum.end()}), squares({square.begin(), square.end()});
        Both<float> mean = table(channels), scale = table(channels), offset = table(channels);
        Both<double> deviation(std::vector<double>(channels, NAN));
        onBoth(&DeviceKernels::finishStatistics, [&](Side s) {
            return FinishStatistics{.norm = norm.at(channels, s),
                                    .rows = 3.0 * blocks,
                                    .momentum = 0.3,
                                    .entries = blocks * channels,
                                    .sums = sums.at(s),
                                    .squares = squares.at(s),
                                    .centre = norm.runningMean.at(s),
                                    .mean = mean.at(s),
                                    .deviation = deviation.at(s),
                                    .scale = scale.at(s),
                                    .offset = offset.at(s)};
        });
        for (const Both<float>* result : {&mean, &scale, &offset, &norm.runningMean, &norm.runningVariance})
            expectSame(*result, 1e-6);
        expectSame(deviation, 1e-9);

        onBoth(&DeviceKernels::useRunningStatistics, [&](Side s) {
            return UseRunningStatistics{norm.at(channels, s), scale.at(s), offset.at(s)};
        });
        expectSame(scale, 1e-6);
        expectSame(offset, 1e-6);

        Both<float> gammaGradient = table(channels), betaGradient = table(channels), a = table(channels),
                    b = table(channels), c = table(channels);
        onBoth(&DeviceKernels::finishGradient, [&](Side s) {
            return FinishGradient{.norm = norm.at(channels, s),
                                  .rows = 3.0 * blocks,
                                  .entries = blocks * channels,
                                  .sums = sums.at(s),
                                  .products = squares.at(s),
                                  .mean = mean.at(s),
                                  .deviation = deviation.at(s),
                                  .gammaGradient = gammaGradient.at(s),
                                  .betaGradient = betaGradient.at(s),
                                  .a = a.at(s),
                                  .b = b.at(s),
                                  .c = c.at(s)};
        });
        for (const Both<float>* result : {&gammaGradient, &betaGradient, &a, &b, &c})
            expectSame(*result, 1e-6);
    }
}

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
