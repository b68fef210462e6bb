// Fitted curves against SciPy's, and best values over regimes against the band of each alone.
#include "core/error.h"
#include "core/statistics/trend.h"
#include "reference_data.h"
#include <gtest/gtest.h>
#include <cmath>

namespace spacewright {
namespace {

TEST(Trend, fitsAgreeWithSciPy)
{
    const nlohmann::json data = referenceData("statistics_expected.json")["fits"];
    const LineFit line = lineFit(data["flops"], data["params"]);
    EXPECT_NEAR(line.offset / data["line"]["offset"].get<double>(), 1, 1e-9);
    EXPECT_NEAR(line.slope / data["line"]["slope"].get<double>(), 1, 1e-9);
    EXPECT_NEAR(line.r2, data["line"]["r2"].get<double>(), 1e-9);
    const PowerFit power = powerFit(data["flops"], data["acts"]);
    EXPECT_NEAR(power.factor / data["power"]["factor"].get<double>(), 1, 1e-9);
    EXPECT_NEAR(power.exponent, data["power"]["exponent"].get<double>(), 1e-9);
    EXPECT_NEAR(power.r2, data["power"]["r2"].get<double>(), 1e-9);
    const PowerFit root = rootFit(data["flops"], data["acts"]);
    EXPECT_NEAR(root.factor / data["root"]["factor"].get<double>(), 1, 1e-9);
    EXPECT_NEAR(root.r2, data["root"]["r2"].get<double>(), 1e-9);
}

TEST(Trend, fitsFindTheCurveThatMadeTheNumbers)
{
    const std::vector<double> x{1, 4, 9, 16};
    const LineFit line = lineFit(x, {5, 11, 21, 35});
    EXPECT_NEAR(line.at(100), 203, 1e-9);
    EXPECT_NEAR(line.r2, 1, 1e-12);
    for (const PowerFit& fit : {powerFit(x, {3, 6, 9, 12}), rootFit(x, {3, 6, 9, 12})}) {
        EXPECT_NEAR(fit.exponent, 0.5, 1e-12);
        EXPECT_NEAR(fit.at(25), 15, 1e-9);
        EXPECT_NEAR(fit.r2, 1, 1e-12);
    }
}

TEST(Trend, aConstantIsFittedWithoutADivisionByItsSpread)
{
    const LineFit line = lineFit({1, 2, 3}, {7, 7, 7});
    EXPECT_EQ(line.slope, 0);
    EXPECT_EQ(line.offset, 7);
    EXPECT_EQ(line.r2, 1);
    EXPECT_TRUE(std::isfinite(rootFit({1, 2, 3}, {7, 7, 7}).r2));
}

TEST(Trend, refusesPointsWithoutACurve)
{
    EXPECT_THROW(lineFit({}, {}), Error);
    EXPECT_THROW(lineFit({1}, {1}), Error);
    EXPECT_THROW(lineFit({1, 2}, {1}), Error);
    EXPECT_THROW(lineFit({0.1, 0.1, 0.1}, {1, 2, 3}), Error);
    EXPECT_THROW(lineFit({1, 2}, {1, std::nan("")}), Error);
    EXPECT_THROW(powerFit({1, 2}, {0, 1}), Error);
    EXPECT_THROW(powerFit({-1, 2}, {1, 1}), Error);
    EXPECT_THROW(rootFit({0, 0}, {1, 1}), Error);
    EXPECT_THROW(rootFit({-1, 2}, {1, 1}), Error);
}

TEST(Trend, eachRegimeHasTheBandOfItsOwnModels)
{
    const std::vector<RegimeBest> regimes =
        bestOverRegimes({1, 2, 3, 4, 10, 20, 30, 40, 40, 99}, {5, 6, 7, 8, 1, 2, 3, 4, 4, 50},
                        {20, 21, 22, 23, 33, 32, 31, 30, 29, 1}, {0, 10, 40});
    ASSERT_EQ(regimes.size(), 2u);
    EXPECT_EQ(regimes[0].models, 4);
    EXPECT_EQ(regimes[0].typical, 2.5);
    const BestBand expected = exactBand({5, 6, 7, 8}, {20, 21, 22, 23});
    EXPECT_EQ(regimes[0].band->low, expected.low);
    EXPECT_EQ(regimes[0].band->best, expected.best);
    EXPECT_EQ(regimes[0].band->high, expected.high);
    EXPECT_EQ(regimes[1].models, 5) << "10 begins the second regime, 40 still belongs to it";
    EXPECT_EQ(regimes[1].band->best, exactBand({1, 2, 3, 4, 4}, {33, 32, 31, 30, 29}).best);
}

TEST(Trend, aRegimeOfFewModelsHasNoBand)
{
    const std::vector<RegimeBest> regimes = bestOverRegimes({1, 2, 3}, {5, 6, 7}, {20, 21, 22}, {0, 10, 20});
    EXPECT_EQ(regimes[0].models, 3);
    EXPECT_FALSE(regimes[0].band);
    EXPECT_EQ(regimes[1].models, 0);
    EXPECT_EQ(regimes[1].typical, 15);
    EXPECT_FALSE(regimes[1].band);
}

TEST(Trend, refusesRegimesThatAreNone)
{
    EXPECT_THROW(bestOverRegimes({1}, {1}, {1}, {0}), Error);
    EXPECT_THROW(bestOverRegimes({1}, {1}, {1}, {0, 2, 2}), Error);
    EXPECT_THROW(bestOverRegimes({1, 2}, {1}, {1}, {0, 2}), Error);
    EXPECT_THROW(bestOverRegimes({std::nan("")}, {1}, {1}, {0, 2}), Error);
    EXPECT_THROW(bestOverRegimes({1}, {1}, {1}, {0, HUGE_VAL}), Error);
}

} // namespace
} // namespace spacewright
