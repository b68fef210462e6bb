// The learning rate at known points of the cosine.
#include "gpu/schedule.h"
#include <gtest/gtest.h>
#include <cmath>

using namespace spacewright;

namespace {

TEST(Schedule, fallsAlongAHalfCosinePerIteration)
{
    Recipe recipe;
    recipe.rate = 0.4;
    recipe.epochs = 2;
    EXPECT_DOUBLE_EQ(rateAt(recipe, 0, 0, 10), 0.4);
    EXPECT_DOUBLE_EQ(rateAt(recipe, 1, 0, 10), 0.2);
    EXPECT_NEAR(rateAt(recipe, 0, 5, 10), 0.2 * (1 + std::sqrt(0.5)), 1e-15);
}

TEST(Schedule, staysForAnEpochWherePyclsChangesItPerEpoch)
{
    Recipe recipe;
    recipe.schedule = Recipe::Schedule::perEpoch;
    recipe.epochs = 2;
    EXPECT_DOUBLE_EQ(rateAt(recipe, 0, 9, 10), recipe.rate);
    EXPECT_DOUBLE_EQ(rateAt(recipe, 1, 9, 10), recipe.rate / 2);
}

TEST(Schedule, warmsUpFromATenth)
{
    Recipe recipe;
    recipe.schedule = Recipe::Schedule::perEpoch;
    recipe.epochs = 4;
    recipe.warmupEpochs = 2;
    EXPECT_DOUBLE_EQ(rateAt(recipe, 0, 0, 10), 0.1 * recipe.rate);
    EXPECT_DOUBLE_EQ(rateAt(recipe, 1, 0, 10), 0.55 * recipe.rate * 0.5 * (1 + std::sqrt(0.5)));
    EXPECT_DOUBLE_EQ(rateAt(recipe, 2, 0, 10), recipe.rate / 2);
}

} // namespace
