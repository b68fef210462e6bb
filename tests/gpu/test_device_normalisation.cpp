// The CUDA kernels of batch norms against their host versions.
#include "device_kernel_test.h"
#include <utility>

using namespace spacewright;

namespace {

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

} // namespace
