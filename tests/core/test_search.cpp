// The best of k random models against the authors' numbers and against counting.
#include "core/error.h"
#include "core/statistics/comparison.h"
#include "core/statistics/search.h"
#include "reference_data.h"
#include <gtest/gtest.h>

namespace spacewright {
namespace {

TEST(Search, expectedBestAgreesWithTheKnownPopulation)
{
    const Edf population = edf(populationColumn("error"));
    const nlohmann::json expected = referenceData("edf_expected.json")["k_best_exact_mean"];
    ASSERT_EQ(expected.size(), 9u);
    for (const auto& [k, error] : expected.items())
        EXPECT_NEAR(expectedBest(population, std::stoi(k)), error.get<double>(), 1e-10) << k;
}

TEST(Search, theCurveFallsFromTheMeanTowardsTheBest)
{
    const Edf population = edf(populationColumn("error"));
    const std::vector<SearchPoint> curve = searchCurve(population);
    EXPECT_EQ(curve.front().models, 1);
    EXPECT_NEAR(curve.front().error, population.mean, 1e-9);
    EXPECT_EQ(curve.back().models, 500);
    EXPECT_LE(curve.size(), 101u);
    for (std::size_t i = 1; i < curve.size(); ++i) {
        EXPECT_GT(curve[i].models, curve[i - 1].models);
        EXPECT_LT(curve[i].error, curve[i - 1].error);
    }
    EXPECT_NEAR(expectedBest(population, 1000000), population.min, 1e-9);
}

TEST(Search, oneModelAndEqualErrorsHaveNothingToFind)
{
    const std::vector<SearchPoint> one = searchCurve(edf({7}));
    ASSERT_EQ(one.size(), 1u);
    EXPECT_EQ(one[0].error, 7);
    EXPECT_NEAR(expectedBest(edf({20, 20, 20}), 5), 20, 1e-12);
}

/// All draws of two models each, counted one by one.
double countedForTwo(const std::vector<double>& a, const std::vector<double>& b)
{
    double wins = 0, draws = 0;
    for (const double a1 : a)
        for (const double a2 : a)
            for (const double b1 : b)
                for (const double b2 : b) {
                    const double bestA = std::min(a1, a2), bestB = std::min(b1, b2);
                    wins += bestA < bestB ? 1 : bestA == bestB ? 0.5 : 0;
                    ++draws;
                }
    return wins / draws;
}

TEST(Search, theRaceOfTwoSpacesEqualsCountingAllDraws)
{
    const std::vector<double> a{3, 1, 4, 1, 5}, b{2, 6, 1, 4};
    EXPECT_NEAR(probabilityOfBetterBest(edf(a), edf(b), 2), countedForTwo(a, b), 1e-12);
    EXPECT_NEAR(probabilityOfBetterBest(edf(b), edf(a), 2), countedForTwo(b, a), 1e-12);
}

TEST(Search, theRaceOfSingleModelsIsTheEffectSize)
{
    const std::vector<double> a{3, 1, 4, 1, 5}, b{2, 6, 1, 4};
    EXPECT_NEAR(probabilityOfBetterBest(edf(a), edf(b), 1), compare(a, b).effect, 1e-12);
}

TEST(Search, inALongRaceTheLowestErrorWins)
{
    EXPECT_NEAR(probabilityOfBetterBest(edf({10, 50, 60}), edf({11, 12, 13}), 1000), 1, 1e-9);
    EXPECT_NEAR(probabilityOfBetterBest(edf({10, 50}), edf({10, 11}), 1000), 0.5, 1e-9);
}

TEST(Search, refusesASearchOfNothing)
{
    EXPECT_THROW(expectedBest(edf({1, 2}), 0), Error);
    EXPECT_THROW(expectedBest(Edf(), 1), Error);
    EXPECT_THROW(searchCurve(Edf()), Error);
    EXPECT_THROW(probabilityOfBetterBest(edf({1}), edf({2}), -1), Error);
}

} // namespace
} // namespace spacewright
