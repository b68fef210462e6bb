// The normalised comparison against the authors' numbers.
#include "core/error.h"
#include "core/statistics/edf.h"
#include "core/statistics/normalised.h"
#include "reference_data.h"
#include <gtest/gtest.h>
#include <cmath>

namespace spacewright {
namespace {

TEST(Normalised, agreesWithTheKnownPopulation)
{
    const nlohmann::json expected = referenceData("edf_expected.json")["nds"];
    const ComplexityBins bins{expected["range"][0], expected["range"][1], expected["bins"]};
    const Normalised result = normalised(populationColumn("error"), populationColumn("params"), bins);
    EXPECT_EQ(result.edf.n(), expected["n"].get<int>());
    EXPECT_EQ(result.leftOut, 500 - expected["n"].get<int>());
    EXPECT_EQ(result.modelsPerBin, expected["hist"].get<std::vector<int>>());
    EXPECT_NEAR(result.edf.mean, expected["weighted_mean"].get<double>(), 1e-10);
    for (std::size_t i = 0; i < expected["F"].size(); ++i) {
        const double error = expected["error"][i], share = expected["F"][i];
        EXPECT_DOUBLE_EQ(result.edf.errors[i], error);
        EXPECT_NEAR(result.edf.at(std::nextafter(error, 100)), share, 1e-12);
        EXPECT_LT(result.edf.at(error), share) << "the share is of errors strictly below";
    }
}

TEST(Normalised, equalWeightsGiveTheOrdinaryDistribution)
{
    const std::vector<double> errors = populationColumn("error");
    const WeightedEdf weighted = weightedEdf(errors, std::vector<double>(errors.size(), 3.0));
    const Edf ordinary = edf(errors);
    EXPECT_EQ(weighted.errors, ordinary.errors);
    EXPECT_NEAR(weighted.mean, ordinary.mean, 1e-9);
    EXPECT_DOUBLE_EQ(weighted.median, ordinary.median);
    EXPECT_EQ(weighted.min, ordinary.min);
    EXPECT_EQ(weighted.max, ordinary.max);
    for (const double error : {30.0, 45.5, 52.0, 70.0})
        EXPECT_NEAR(weighted.at(error), ordinary.at(error), 1e-12);
}

TEST(Normalised, aRareComplexityWeighsAsMuchAsACommonOne)
{
    const Normalised result = normalised({10, 10, 10, 30}, {1, 2, 3, 9}, {0, 10, 2});
    EXPECT_NEAR(result.edf.mean, 20, 1e-12);
    EXPECT_NEAR(result.edf.at(30), 0.5, 1e-12);
    EXPECT_NEAR(result.edf.median, 20, 1e-12);
}

TEST(Normalised, modelsOutsideTheRangeAreLeftOutAndBothEndsBelongToIt)
{
    const Normalised result = normalised({1, 2, 3, 4, 5}, {0.5, 1, 2, 3, 3.5}, {1, 3, 2});
    EXPECT_EQ(result.leftOut, 2);
    EXPECT_EQ(result.modelsPerBin, (std::vector<int>{1, 2}));
    EXPECT_EQ(result.edf.errors, (std::vector<double>{2, 3, 4}));
}

TEST(Normalised, namesTheEmptyBins)
{
    try {
        normalised({1, 2}, {100, 390}, {100, 400, 3});
        FAIL() << "an empty bin was accepted";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("no model lies in 200 to 300."), std::string::npos) << error.what();
    }
    EXPECT_THROW(normalised({1, 2}, {5, 6}, {100, 400, 3}), Error);
}

TEST(Normalised, commonBinsSpanWhatAllPopulationsReach)
{
    const ComplexityBins bins = commonBins({{120, 400, 100}, {90, 380, 350}, {500, 80}}, 7);
    EXPECT_EQ(bins.low, 100);
    EXPECT_EQ(bins.high, 380);
    EXPECT_EQ(bins.count, 7);
    EXPECT_THROW(commonBins({{1, 2}, {3, 4}}, 7), Error);
    EXPECT_THROW(commonBins({{1, 2}, {}}, 7), Error);
    EXPECT_THROW(commonBins({{1, 2}, {1, std::nan("")}}, 7), Error);
}

TEST(Normalised, weightsThatDoNotSumToOneAreShared)
{
    const WeightedEdf result = weightedEdf({30, 10, 20}, {0.2, 0, 0.6});
    EXPECT_EQ(result.n(), 2);
    EXPECT_EQ(result.min, 20);
    EXPECT_DOUBLE_EQ(result.mean, 22.5);
    EXPECT_EQ(result.median, 20);
    EXPECT_EQ(result.cumulative.back(), 1);
}

TEST(Normalised, refusesWhatIsNoPopulation)
{
    EXPECT_THROW(weightedEdf({}, {}), Error);
    EXPECT_THROW(weightedEdf({1, 2}, {1}), Error);
    EXPECT_THROW(weightedEdf({1, 2}, {1, -1}), Error);
    EXPECT_THROW(weightedEdf({1, 2}, {0, 0}), Error);
    EXPECT_THROW(weightedEdf({1, std::nan("")}, {1, 1}), Error);
    EXPECT_THROW(normalised({1}, {HUGE_VAL}, {0, 1, 1}), Error);
    EXPECT_THROW(normalised({1}, {1}, {2, 1, 1}), Error);
    EXPECT_THROW(normalised({1}, {1}, {0, 1, 0}), Error);
}

} // namespace
} // namespace spacewright
