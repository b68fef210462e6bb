// Tests between two populations against SciPy's answers (data/comparison_expected.py makes them).
#include "core/error.h"
#include "core/statistics/comparison.h"
#include "reference_data.h"
#include <gtest/gtest.h>
#include <cmath>

namespace spacewright {
namespace {

using nlohmann::json;

TEST(Comparison, agreesWithSciPy)
{
    const json expected = referenceData("comparison_expected.json");
    ASSERT_EQ(expected["cases"].size(), 6u);
    for (const json& row : expected["cases"]) {
        const std::string name = row["name"];
        SCOPED_TRACE(name);
        const Comparison c = compare(row["a"], row["b"]);
        EXPECT_EQ(c.nA, static_cast<int>(row["a"].size()));
        EXPECT_EQ(c.nB, static_cast<int>(row["b"].size()));
        EXPECT_NEAR(c.ks, row["ks"].get<double>(), 1e-12);
        // The reference for ties is 20,000 permutations, the asymptotic one another approximation.
        const bool isExact = name.find("whole") == std::string::npos && name.find("asymptotic") == std::string::npos;
        EXPECT_NEAR(c.ksP, row["ks_p"].get<double>(), isExact ? 1e-10 : 0.012);
        EXPECT_NEAR(c.mannWhitneyP, row["mann_whitney_p"].get<double>(), 1e-10);
        EXPECT_NEAR(c.effect, row["effect"].get<double>(), 1e-12);
        EXPECT_NEAR(c.meanDifference, row["mean_difference"].get<double>(), 1e-9);
        const double noise = 0.03 * (row["mean_high"].get<double>() - row["mean_low"].get<double>());
        EXPECT_NEAR(c.meanLow, row["mean_low"].get<double>(), noise);
        EXPECT_NEAR(c.meanHigh, row["mean_high"].get<double>(), noise);
    }
}

TEST(Comparison, givesTheSameNumbersForTheSameSeed)
{
    const std::vector<double> a{1, 2, 3, 5, 8}, b{2, 3, 4, 9};
    EXPECT_EQ(compare(a, b, 7).meanLow, compare(a, b, 7).meanLow);
    EXPECT_EQ(compare(a, b, 7).meanHigh, compare(a, b, 7).meanHigh);
}

TEST(Comparison, exchangingThePopulationsTurnsTheSigns)
{
    const std::vector<double> a{1, 2, 3, 5, 8}, b{2, 3, 4, 9};
    const Comparison ab = compare(a, b), ba = compare(b, a);
    EXPECT_DOUBLE_EQ(ab.ksP, ba.ksP);
    EXPECT_DOUBLE_EQ(ab.mannWhitneyP, ba.mannWhitneyP);
    EXPECT_DOUBLE_EQ(ab.effect, 1 - ba.effect);
    EXPECT_DOUBLE_EQ(ab.meanDifference, -ba.meanDifference);
}

TEST(Comparison, equalErrorsAreNoDifference)
{
    const Comparison c = compare({20, 20, 20}, {20, 20});
    EXPECT_EQ(c.ks, 0);
    EXPECT_EQ(c.ksP, 1);
    EXPECT_EQ(c.mannWhitneyP, 1);
    EXPECT_EQ(c.effect, 0.5);
    EXPECT_EQ(c.meanLow, 0);
    EXPECT_EQ(c.meanHigh, 0);
}

TEST(Comparison, oneModelEachDecidesNothing)
{
    const Comparison c = compare({10}, {30});
    EXPECT_EQ(c.ksP, 1);
    EXPECT_GT(c.mannWhitneyP, 0.05);
    EXPECT_EQ(c.meanDifference, -20);
    EXPECT_NE(verdict(c, "A", "B").find("Not decided"), std::string::npos);
}

TEST(Comparison, refusesEmptyPopulationsAndErrorsThatAreNoNumbers)
{
    EXPECT_THROW(compare({}, {1}), Error);
    EXPECT_THROW(compare({1}, {}), Error);
    EXPECT_THROW(compare({1, std::nan("")}, {1}), Error);
}

TEST(Comparison, meanAndRanksThatDisagreeDecideNothing)
{
    // Most of B are a little better, but some are so bad that B's mean is worse.
    std::vector<double> a(40), b(40);
    for (int i = 0; i < 40; ++i) {
        a[i] = 20 + i * 0.01;
        b[i] = i < 30 ? 19 + i * 0.01 : 90;
    }
    const Comparison c = compare(a, b);
    EXPECT_LT(c.meanHigh, 0);
    EXPECT_LT(c.mannWhitneyP, 0.05);
    EXPECT_LT(c.effect, 0.5);
    const std::string text = verdict(c, "A", "B");
    EXPECT_EQ(text.rfind("Not decided yet between A and B: the mean of A is ", 0), 0u) << text;
}

TEST(Comparison, verdictNamesTheBetterSpaceWhicheverComesFirst)
{
    std::vector<double> good, bad;
    for (int i = 0; i < 24; ++i) {
        good.push_back(15 + i * 0.1);
        bad.push_back(18 + i * 0.1);
    }
    for (const std::string& text : {verdict(compare(bad, good), "A", "D"), verdict(compare(good, bad), "D", "A")}) {
        EXPECT_EQ(text.rfind("D is better than A (mean 3.0 points lower, 95 % interval 2.", 0), 0u) << text;
        EXPECT_NE(text.find("; 24 and 24 models)"), std::string::npos) << text;
    }
}

std::vector<double> shifted(std::vector<double> errors, double by)
{
    for (double& error : errors)
        error += by;
    return errors;
}

TEST(Comparison, undecidedVerdictSaysHowManyMoreModelsWouldDecide)
{
    std::vector<double> a;
    for (int i = 0; i < 24; ++i)
        a.push_back(15 + i * i * 0.02);
    const std::string text = verdict(compare(a, shifted(a, 1)), "D", "A");
    EXPECT_EQ(text.rfind("Not decided yet between D and A: the mean of D is 1.0 points lower", 0), 0u) << text;
    EXPECT_NE(text.find(" more models each would decide"), std::string::npos) << text;
    std::vector<double> few = shifted(a, 1);
    few.resize(12);
    EXPECT_NE(verdict(compare(a, few), "D", "A").find(" of A would decide"), std::string::npos);
    EXPECT_NE(verdict(compare(a, a), "D", "A").find("more than 2000 models each would be needed"), std::string::npos);
}

TEST(Comparison, saysNothingAboutTheNumberWhereItIsDecidedOrTooFewAreThere)
{
    const std::vector<double> a{10, 11, 12, 13, 14};
    EXPECT_TRUE(decided(compare(a, shifted(a, 20))));
    EXPECT_FALSE(compare(a, shifted(a, 20)).needed);
    EXPECT_FALSE(compare({10, 11, 12}, a).needed);
    EXPECT_NE(verdict(compare({10, 11, 12}, a), "A", "D").find("more models would tell"), std::string::npos);
}

} // namespace
} // namespace spacewright
