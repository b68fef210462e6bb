// The error distribution against the known answers of a population of 500 models.
#include "core/error.h"
#include "core/statistics/edf.h"
#include "reference_data.h"
#include <gtest/gtest.h>
#include <cmath>

namespace spacewright {
namespace {

using nlohmann::json;

TEST(Edf, agreesWithTheKnownPopulation)
{
    const json expected = referenceData("edf_expected.json");
    const Edf population = edf(populationColumn("error"));
    EXPECT_EQ(population.n(), expected["n"].get<int>());
    EXPECT_DOUBLE_EQ(population.min, expected["min"]);
    EXPECT_DOUBLE_EQ(population.max, expected["max"]);
    EXPECT_NEAR(population.mean, expected["mean"].get<double>(), 1e-9);
    EXPECT_DOUBLE_EQ(population.median, expected["median"]);
    for (const json& point : expected["edf_grid"])
        EXPECT_DOUBLE_EQ(population.at(point["e"]), point["F_lt"]) << "at " << point["e"];
    for (std::size_t i = 0; i < expected["edf_sorted"]["error"].size(); ++i)
        EXPECT_DOUBLE_EQ(population.errors[i], expected["edf_sorted"]["error"][i]);
}

TEST(Edf, countsErrorsStrictlyBelow)
{
    const Edf population = edf({3, 1, 2, 2});
    EXPECT_EQ(population.at(1), 0);
    EXPECT_EQ(population.at(2), 0.25);
    EXPECT_EQ(population.at(2.5), 0.75);
    EXPECT_EQ(population.at(4), 1);
    EXPECT_EQ(population.median, 2);
}

TEST(Edf, takesOneModel)
{
    const Edf population = edf({7});
    EXPECT_EQ(population.min, 7);
    EXPECT_EQ(population.mean, 7);
    EXPECT_EQ(population.median, 7);
    EXPECT_EQ(population.at(7), 0);
}

TEST(Edf, refusesNoErrorsAndErrorsThatAreNoNumbers)
{
    EXPECT_THROW(edf({}), Error);
    EXPECT_THROW(edf({1, std::nan("")}), Error);
    EXPECT_THROW(edf({1, HUGE_VAL}), Error);
}

TEST(Edf, bandNarrowsWithTheRootOfTheNumberOfModels)
{
    EXPECT_NEAR(dkwHalfWidth(500), 0.060737, 1e-6); // sqrt(ln 40 / 1000)
    EXPECT_NEAR(dkwHalfWidth(24) / dkwHalfWidth(96), 2, 1e-12);
}

} // namespace
} // namespace spacewright
