// How many models decide: the simulated power against SciPy's tests on the same errors.
#include "core/error.h"
#include "core/statistics/power.h"
#include "reference_data.h"
#include <gtest/gtest.h>
#include <cmath>

namespace spacewright {
namespace {

TEST(Power, agreesWithSciPysTestsAndARealBootstrap)
{
    const nlohmann::json cases = referenceData("statistics_expected.json")["power"];
    ASSERT_EQ(cases.size(), 3u);
    for (const nlohmann::json& row : cases)
        for (const nlohmann::json& expected : row["power"]) {
            // 1,000 studies here and 2,000 there: four deviations are 0.08 at most; the rest is the normal interval.
            const double share = power(row["a"], row["b"], expected["n"]);
            EXPECT_NEAR(share, expected["share"].get<double>(), 0.09) << row["name"] << ", n = " << expected["n"];
        }
}

TEST(Power, findsTheNumberWhereFourInFiveStudiesDecide)
{
    const nlohmann::json cases = referenceData("statistics_expected.json")["power"];
    for (const nlohmann::json& row : cases) {
        const ModelsNeeded needed = modelsNeeded(row["a"], row["b"]);
        EXPECT_FALSE(needed.isLimit);
        EXPECT_GE(power(row["a"], row["b"], needed.perSpace), 0.8);
        EXPECT_LT(power(row["a"], row["b"], needed.perSpace - 1), 0.8);
    }
}

TEST(Power, isTheSameWhicheverComesFirst)
{
    const nlohmann::json row = referenceData("statistics_expected.json")["power"][0];
    EXPECT_NEAR(modelsNeeded(row["a"], row["b"]).perSpace, modelsNeeded(row["b"], row["a"]).perSpace, 3);
    EXPECT_EQ(modelsNeeded(row["a"], row["b"], 7).perSpace, modelsNeeded(row["a"], row["b"], 7).perSpace);
}

TEST(Power, populationsFarApartNeedAsFewAsTheRankTestCanDecide)
{
    EXPECT_EQ(modelsNeeded({10, 11, 12, 13}, {50, 51, 52, 53}).perSpace, 4);
    EXPECT_EQ(modelsNeeded({10, 10, 10, 10}, {50, 50, 50, 50}).perSpace, 4);
}

TEST(Power, equalPopulationsAreNotDecidedByAnyNumber)
{
    for (const std::vector<double>& errors : {std::vector<double>{20, 20, 20, 20}, {10, 20, 30, 40, 50}}) {
        const ModelsNeeded needed = modelsNeeded(errors, errors);
        EXPECT_TRUE(needed.isLimit);
        EXPECT_EQ(needed.perSpace, 2000);
    }
}

TEST(Power, aMeanAgainstTheRanksIsNotDecidedByAnyNumber)
{
    // One in six of A diverged: its mean is higher, yet most of its models are better.
    EXPECT_TRUE(modelsNeeded({15, 15.1, 15.2, 15.3, 15.4, 90}, {17, 17.1, 17.2, 17.3, 17.4, 17.5}).isLimit);
}

TEST(Power, refusesTooFewModelsAndErrorsThatAreNoNumbers)
{
    EXPECT_THROW(modelsNeeded({}, {}), Error);
    EXPECT_THROW(modelsNeeded({1}, {2}), Error);
    EXPECT_THROW(modelsNeeded({1, 2, 3, std::nan("")}, {1, 2, 3, 4}), Error);
    EXPECT_THROW(power({1, 2, 3, 4}, {1, 2, 3, 4}, 0), Error);
}

} // namespace
} // namespace spacewright
