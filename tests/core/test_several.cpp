// Several spaces at once, with Holm's correction as statsmodels has it.
#include "core/error.h"
#include "core/statistics/several.h"
#include "reference_data.h"
#include <gtest/gtest.h>
#include <cmath>

namespace spacewright {
namespace {

TEST(Several, holmAgreesWithStatsmodels)
{
    const nlohmann::json expected = referenceData("statistics_expected.json")["holm"];
    const std::vector<double> adjusted = holm(expected["p"]);
    ASSERT_EQ(adjusted.size(), expected["adjusted"].size());
    for (std::size_t i = 0; i < adjusted.size(); ++i)
        EXPECT_NEAR(adjusted[i], expected["adjusted"][i].get<double>(), 1e-12);
}

TEST(Several, holmLeavesASingleQuestionAlone)
{
    EXPECT_EQ(holm({0.03}), std::vector<double>{0.03});
    EXPECT_EQ(holm({}), std::vector<double>{});
    EXPECT_EQ(holm({0.9, 0.8}), (std::vector<double>{1, 1}));
    EXPECT_THROW(holm({0.1, std::nan("")}), Error);
    EXPECT_THROW(holm({1.1}), Error);
}

/// n errors 0.1 apart, from `first` on.
std::vector<double> row(double first, int n)
{
    std::vector<double> errors;
    for (int i = 0; i < n; ++i)
        errors.push_back(first + i * 0.1);
    return errors;
}

TEST(Several, comparesAllPairsInOrder)
{
    const std::vector<PairComparison> pairs = compareAll({row(18, 24), row(15, 24), row(15.02, 20)});
    ASSERT_EQ(pairs.size(), 3u);
    EXPECT_EQ(pairs[1].a, 0u);
    EXPECT_EQ(pairs[1].b, 2u);
    EXPECT_EQ(pairs[1].comparison.nB, 20);
    for (const PairComparison& pair : pairs)
        EXPECT_GE(pair.adjustedP, pair.comparison.mannWhitneyP);
    const std::vector<std::string> names{"A", "D", "E"};
    EXPECT_EQ(verdict(pairs[0], names).rfind("D is better than A (mean 3.0 points lower", 0), 0u);
    EXPECT_EQ(verdict(pairs[2], names).rfind("Not decided yet between ", 0), 0u);
}

TEST(Several, theVerdictIsThatOfTheAdjustedP)
{
    // Alone the first pair is decided; as one of ten questions it is not.
    const std::vector<double> a = row(20, 12), b = row(20.5, 12);
    EXPECT_TRUE(decided(compare(a, b)));
    const std::vector<PairComparison> pairs = compareAll({a, b, a, a, a});
    EXPECT_LT(pairs[0].comparison.mannWhitneyP, 0.05);
    EXPECT_GT(pairs[0].adjustedP, 0.05);
    const std::string text = verdict(pairs[0], {"A", "B", "C", "D", "E"});
    EXPECT_EQ(text.rfind("Not decided yet between A and B: the mean of A is ", 0), 0u) << text;
}

TEST(Several, refusesASinglePopulation)
{
    EXPECT_THROW(compareAll({{1, 2}}), Error);
    EXPECT_THROW(compareAll({{1, 2}, {}}), Error);
}

} // namespace
} // namespace spacewright
