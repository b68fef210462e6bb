// Batch normalisation with ReLU and add: values, running statistics and gradients.
#include "tests/gpu/kernel_test.h"

using namespace spacewright;

namespace {

/// Whether anything follows the normalisation in the same pass.
struct Case {
    std::int64_t rows;
    int channels;
    bool relu, skip;
};

/// Tails of rows, of vectors, and channel counts from 1 to wider than any vector.
const std::vector<Case> cases = [] {
    std::vector<Case> result;
    const std::pair<std::int64_t, int> shapes[] = {{6, 8},   {37, 1},  {4, 3},    {203, 6},  {784, 16},
                                                   {50, 24}, {99, 40}, {12, 264}, {130, 72}, {1000, 2}};
    for (const auto& [rows, channels] : shapes)
        for (bool relu : {false, true})
            for (bool skip : {false, true})
                result.push_back({rows, channels, relu, skip});
    return result;
}();

/// Everything in double precision, from the definition.
struct Expected {
    std::vector<double> mean, variance, y, dx, dskip, dgamma, dbeta;

    Expected(const Case& c, const std::vector<float>& x, const std::vector<float>& gamma,
             const std::vector<float>& beta, const std::vector<float>& skip, const std::vector<float>& dy)
        : mean(c.channels), variance(c.channels), y(x.size()), dx(x.size()), dskip(x.size()), dgamma(c.channels),
          dbeta(c.channels)
    {
        const double n = static_cast<double>(c.rows);
        for (int k = 0; k < c.channels; ++k) {
            for (std::size_t i = k; i < x.size(); i += c.channels)
                mean[k] += x[i] / n;
            for (std::size_t i = k; i < x.size(); i += c.channels)
                variance[k] += (x[i] - mean[k]) * (x[i] - mean[k]) / n;
            const double inverse = 1 / std::sqrt(variance[k] + 1e-5);
            for (std::size_t i = k; i < x.size(); i += c.channels) {
                const double normal = (x[i] - mean[k]) * inverse;
                y[i] = gamma[k] * normal + beta[k] + (c.skip ? skip[i] : 0);
                dskip[i] = c.relu && y[i] <= 0 ? 0 : dy[i];
                y[i] = c.relu ? std::max(y[i], 0.0) : y[i];
                dgamma[k] += dskip[i] * normal;
                dbeta[k] += dskip[i];
            }
            for (std::size_t i = k; i < x.size(); i += c.channels)
                dx[i] = gamma[k] * inverse * (dskip[i] - dbeta[k] / n - (x[i] - mean[k]) * inverse * dgamma[k] / n);
        }
    }
};

class BatchNorm : public KernelTest {
protected:
    std::vector<float> scratch(int channels) { return spoiled(k.batchNorm.scratch(channels)); }

    /// Forward and backward, held against `Expected` within `bound`.
    void check(const Case& c, std::vector<float> x, double bound)
    {
        const std::vector<float> gamma = random(c.channels, 0.5, 1.5), beta = random(c.channels);
        const std::vector<float> skip = random(c.rows * c.channels);
        std::vector<float> dy = random(c.rows * c.channels);
        const Expected expected(c, x, gamma, beta, skip, dy);

        std::vector<float> y(x.size()), mean(c.channels), inverse(c.channels);
        std::vector<float> runningMean = random(c.channels), runningVariance = random(c.channels, 0.5, 1);
        const std::vector<float> oldMean = runningMean, oldVariance = runningVariance;
        std::vector<std::uint8_t> positive((x.size() + 7) / 8);
        std::uint8_t* bits = c.relu && c.skip ? positive.data() : nullptr;
        std::vector<float> memory = scratch(c.channels);
        k.batchNorm.forward({c.rows, c.channels, x.data(), gamma.data(), beta.data(), c.skip ? skip.data() : nullptr,
                             c.relu, y.data(), bits, mean.data(), inverse.data(), runningMean.data(),
                             runningVariance.data(), memory.data()});
        expectClose(y, expected.y, bound);
        for (int i = 0; i < c.channels; ++i) {
            const double unbiased =
                expected.variance[i] * static_cast<double>(c.rows) / static_cast<double>(c.rows - 1);
            EXPECT_NEAR(runningMean[i], 0.9 * oldMean[i] + 0.1 * expected.mean[i], 1e-6);
            EXPECT_NEAR(runningVariance[i], 0.9 * oldVariance[i] + 0.1 * unbiased, 1e-6);
        }

        std::vector<float> dx(x.size()), dgamma(c.channels), dbeta(c.channels);
        memory = scratch(c.channels);
        k.batchNorm.backward({c.rows, c.channels, x.data(), gamma.data(), beta.data(), mean.data(), inverse.data(),
                              c.relu, bits, dy.data(), dx.data(), dgamma.data(), dbeta.data(), memory.data()});
        expectClose(dx, expected.dx, bound);
        expectClose(dgamma, expected.dgamma, bound);
        expectClose(dbeta, expected.dbeta, bound);
        if (bits)
            expectClose(dy, expected.dskip, bound);
    }
};

TEST_P(BatchNorm, givesTheDefinitionsValuesAndGradients)
{
    for (const Case& c : cases) {
        SCOPED_TRACE(std::to_string(c.rows) + " x " + std::to_string(c.channels) + (c.relu ? " relu" : "") +
                     (c.skip ? " skip" : ""));
        check(c, random(c.rows * c.channels), 3e-6);
    }
}

TEST_P(BatchNorm, staysAccurateOverManyRowsFarFromZero)
{
    const Case c{20000, 8, true, false};
    check(c, random(c.rows * c.channels, 19, 21), 1e-5); // the inputs themselves are rounded to 1e-6 of the deviation
}

TEST_P(BatchNorm, isNotMisledByFirstRowsUnlikeTheOthers)
{
    const Case c{4000, 16, false, false};
    std::vector<float> x = random(c.rows * c.channels);
    std::fill_n(x.begin(), 60 * c.channels, 30.0f);
    check(c, x, 3e-6);
}

TEST_P(BatchNorm, evaluatesWithTheRunningStatistics)
{
    const int channels = 24;
    const std::int64_t rows = 31;
    const std::vector<float> x = random(rows * channels), skip = random(rows * channels), mean = random(channels);
    const std::vector<float> gamma = random(channels), beta = random(channels), variance = random(channels, 0.1, 2);
    std::vector<double> expected(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::size_t c = i % channels;
        const double y = gamma[c] * (x[i] - mean[c]) / std::sqrt(variance[c] + 1e-5) + beta[c] + skip[i];
        expected[i] = std::max(y, 0.0);
    }
    std::vector<float> y = x, memory = scratch(channels);
    k.batchNorm.evaluate({rows, channels, y.data(), gamma.data(), beta.data(), skip.data(), true, y.data(), mean.data(),
                          variance.data(), memory.data()});
    expectClose(y, expected, 3e-6);
}

TEST_P(BatchNorm, leavesANanANan)
{
    std::vector<float> x = random(64), y(64), mean(8), inverse(8), gamma(8, 1), beta(8), running(16, 1);
    x[3] = NAN;
    std::vector<float> memory = scratch(8);
    k.batchNorm.forward({8, 8, x.data(), gamma.data(), beta.data(), nullptr, true, y.data(), nullptr, mean.data(),
                         inverse.data(), running.data(), running.data() + 8, memory.data()});
    EXPECT_TRUE(std::isnan(y[3]));
    EXPECT_TRUE(std::isnan(y[11])); // the whole channel
    EXPECT_FALSE(std::isnan(y[4]));
}

FOR_EACH_INSTRUCTION_SET(BatchNorm);

} // namespace
