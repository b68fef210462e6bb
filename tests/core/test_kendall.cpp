// Kendall's tau-b against SciPy's.
#include "core/error.h"
#include "core/statistics/kendall.h"
#include "reference_data.h"
#include <gtest/gtest.h>
#include <cmath>

namespace spacewright {
namespace {

TEST(Kendall, agreesWithSciPyWithAndWithoutTies)
{
    const nlohmann::json cases = referenceData("statistics_expected.json")["kendall"];
    ASSERT_EQ(cases.size(), 5u);
    for (const nlohmann::json& row : cases)
        EXPECT_NEAR(kendallTau(row["x"], row["y"]), row["tau"].get<double>(), 1e-12) << row["name"];
}

TEST(Kendall, doesNotDependOnTheOrderOfThePairs)
{
    EXPECT_NEAR(kendallTau({1, 2, 2, 3, 5}, {4, 1, 3, 3, 9}), kendallTau({5, 2, 3, 1, 2}, {9, 3, 3, 4, 1}), 1e-15);
}

TEST(Kendall, refusesWhatHasNoOrder)
{
    EXPECT_THROW(kendallTau({}, {}), Error);
    EXPECT_THROW(kendallTau({1}, {2}), Error);
    EXPECT_THROW(kendallTau({1, 2}, {1}), Error);
    EXPECT_THROW(kendallTau({1, std::nan("")}, {1, 2}), Error);
    EXPECT_THROW(kendallTau({5, 5, 5}, {1, 2, 3}), Error);
    EXPECT_THROW(kendallTau({1, 2, 3}, {5, 5, 5}), Error);
}

} // namespace
} // namespace spacewright
