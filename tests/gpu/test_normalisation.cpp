// The steps of a batch normalisation against their definitions.
#include "tests/gpu/kernel_test.h"

using namespace spacewright;

namespace {

/// Rows of channels, as a piece of a batch: some fill whole periods of vectors, some leave a rest.
struct Shape {
    int rows, channels;
};
constexpr Shape shapes[] = {{200, 16}, {49, 24}, {150, 5}, {7, 200}, {1, 3}, {130, 48}};

class Normalisation : public KernelTest {
protected:
    /// One value per channel, repeated over the period.
    std::vector<float> perChannel(int channels)
    {
        std::vector<float> values = random(channels);
        for (int i = channels; i < normalisationPeriod(channels); ++i)
            values.push_back(values[i - channels]);
        return values;
    }
    /// Sums per entry of the period become sums per channel.
    static std::vector<float> folded(const std::vector<double>& repeated, int channels)
    {
        std::vector<double> sums(channels);
        for (std::size_t i = 0; i < repeated.size(); ++i)
            sums[i % channels] += repeated[i];
        return {sums.begin(), sums.end()};
    }
};

TEST_P(Normalisation, sumsTheDistancesFromACentreAndTheirSquares)
{
    for (const auto& [rows, channels] : shapes) {
        const int period = normalisationPeriod(channels);
        std::vector<float> x = random(rows * channels), centre = perChannel(channels);
        std::vector<double> sums(channels, 1.0), squares(channels, 2.0);
        for (std::size_t i = 0; i < x.size(); ++i) {
            x[i] += 100;
            const double d = static_cast<double>(x[i]) - (centre[i % channels] + 100);
            sums[i % channels] += d;
            squares[i % channels] += d * d;
        }
        for (float& value : centre)
            value += 100;
        std::vector<double> actualSums(period), actualSquares(period);
        std::fill_n(actualSums.begin(), channels, 1.0); // they are added to
        std::fill_n(actualSquares.begin(), channels, 2.0);
        k.normalisation.batchSums({.count = rows * channels,
                                   .period = period,
                                   .x = x.data(),
                                   .centre = centre.data(),
                                   .sums = actualSums.data(),
                                   .squares = actualSquares.data()});
        expectClose(folded(actualSums, channels), sums, 1e-5);
        expectClose(folded(actualSquares, channels), squares, 1e-5);
    }
}

TEST_P(Normalisation, scalesShiftsAddsAndCutsInOnePass)
{
    for (const auto& [rows, channels] : shapes)
        for (int skip = 0; skip < 3; ++skip)
            for (bool relu : {false, true}) {
                const std::int64_t count = std::int64_t{rows} * channels;
                const std::vector<float> x = random(count), other = random(count), scale = perChannel(channels),
                                         offset = perChannel(channels), otherScale = perChannel(channels),
                                         otherOffset = perChannel(channels);
                std::vector<double> y(count);
                for (std::int64_t i = 0; i < count; ++i) {
                    const int c = static_cast<int>(i % channels);
                    y[i] = static_cast<double>(scale[c]) * x[i] + offset[c];
                    if (skip == 1)
                        y[i] += other[i];
                    if (skip == 2)
                        y[i] += static_cast<double>(otherScale[c]) * other[i] + otherOffset[c];
                    if (relu)
                        y[i] = std::max(0.0, y[i]);
                }
                std::vector<float> actual(count);
                k.normalisation.normalise({.count = count,
                                           .period = normalisationPeriod(channels),
                                           .x = x.data(),
                                           .scale = scale.data(),
                                           .offset = offset.data(),
                                           .skip = skip > 0 ? other.data() : nullptr,
                                           .skipScale = skip > 1 ? otherScale.data() : nullptr,
                                           .skipOffset = skip > 1 ? otherOffset.data() : nullptr,
                                           .relu = relu,
                                           .y = actual.data()});
                expectClose(actual, y, 1e-6);
            }
}

TEST_P(Normalisation, letsANumberThatIsNonePass)
{
    const std::vector<float> x(24, NAN), one(48, 1);
    std::vector<float> y(24);
    k.normalisation.normalise({.count = 24,
                               .period = 48,
                               .x = x.data(),
                               .scale = one.data(),
                               .offset = one.data(),
                               .relu = true,
                               .y = y.data()});
    for (float value : y)
        EXPECT_TRUE(std::isnan(value));
}

TEST_P(Normalisation, masksAndSumsTheGradient)
{
    for (const auto& [rows, channels] : shapes)
        for (int variant = 0; variant < 8; ++variant) {
            const bool hasOther = variant & 1, relu = variant & 2, hasSkip = variant & 4;
            const std::int64_t count = std::int64_t{rows} * channels;
            const int period = normalisationPeriod(channels);
            const std::vector<float> other = random(count), y = random(count), x = random(count), skip = random(count),
                                     mean = perChannel(channels), skipMean = perChannel(channels);
            std::vector<float> dy = random(count);
            std::vector<double> g(count), sums(channels), products(channels), skipProducts(channels);
            for (std::int64_t i = 0; i < count; ++i) {
                const int c = static_cast<int>(i % channels);
                g[i] = relu && y[i] <= 0 ? 0 : hasOther ? static_cast<double>(dy[i]) + other[i] : dy[i];
                sums[c] += g[i];
                products[c] += g[i] * (static_cast<double>(x[i]) - mean[c]);
                skipProducts[c] += g[i] * (static_cast<double>(skip[i]) - skipMean[c]);
            }
            std::vector<double> actualSums(period), actualProducts(period), actualSkipProducts(period);
            k.normalisation.gradientSums({.count = count,
                                          .period = period,
                                          .dy = dy.data(),
                                          .dyOther = hasOther ? other.data() : nullptr,
                                          .y = relu ? y.data() : nullptr,
                                          .x = x.data(),
                                          .mean = mean.data(),
                                          .skip = hasSkip ? skip.data() : nullptr,
                                          .skipMean = hasSkip ? skipMean.data() : nullptr,
                                          .g = dy.data(),
                                          .sums = actualSums.data(),
                                          .products = actualProducts.data(),
                                          .skipProducts = hasSkip ? actualSkipProducts.data() : nullptr});
            expectClose(dy, g, 1e-6);
            expectClose(folded(actualSums, channels), sums, 1e-5);
            expectClose(folded(actualProducts, channels), products, 1e-5);
            if (hasSkip)
                expectClose(folded(actualSkipProducts, channels), skipProducts, 1e-5);
        }
}

TEST_P(Normalisation, combinesTheGradientOfItsInput)
{
    for (const auto& [rows, channels] : shapes) {
        const std::int64_t count = std::int64_t{rows} * channels;
        const std::vector<float> g = random(count), x = random(count), a = perChannel(channels),
                                 b = perChannel(channels), c = perChannel(channels);
        std::vector<double> dx(count);
        for (std::int64_t i = 0; i < count; ++i) {
            const int channel = static_cast<int>(i % channels);
            dx[i] = static_cast<double>(a[channel]) * g[i] + static_cast<double>(b[channel]) * x[i] + c[channel];
        }
        std::vector<float> actual(count);
        k.normalisation.gradient({.count = count,
                                  .period = normalisationPeriod(channels),
                                  .g = g.data(),
                                  .x = x.data(),
                                  .a = a.data(),
                                  .b = b.data(),
                                  .c = c.data(),
                                  .dx = actual.data()});
        expectClose(actual, dx, 1e-6);
    }
}

FOR_EACH_INSTRUCTION_SET(Normalisation);

} // namespace
