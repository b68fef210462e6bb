// Learning rate and weight decay as free dimensions of a space.
#include "core/design/sampler.h"
#include "core/error.h"
#include "core/exchange/network_json.h"
#include "core/exchange/space_file.h"
#include "core/study/recipe.h"
#include <gtest/gtest.h>
#include <cmath>

using namespace spacewright;

namespace {

Space withRecipe()
{
    Space space = namedSpace("AnyNetX_D");
    space.rate = RecipeRange{0.01, 0.4};
    space.weightDecay = RecipeRange{1e-6, 1e-3};
    return space;
}

} // namespace

TEST(RecipeDraw, isLogUniform)
{
    constexpr int bins = 10;
    constexpr int n = 5000;
    const Space space = withRecipe();
    std::vector<int> rates(bins), decays(bins);
    for (const Sample& s : draw(space, 3, n).samples) {
        ASSERT_TRUE(s.rate && s.weightDecay);
        ASSERT_TRUE(*s.rate >= 0.01 && *s.rate <= 0.4);
        ++rates[std::min(bins - 1, int(bins * std::log(*s.rate / 0.01) / std::log(40)))];
        ++decays[std::min(bins - 1, int(bins * std::log(*s.weightDecay / 1e-6) / std::log(1000)))];
    }
    for (const std::vector<int>& counts : {rates, decays}) {
        double chiSquare = 0;
        for (const int count : counts)
            chiSquare += (count - n / bins) * (count - n / bins) / double(n / bins);
        EXPECT_LT(chiSquare, 27.9); // p = 0.001 with 9 degrees of freedom
    }
}

TEST(RecipeDraw, countsAsDimensionsAndNotInTheSize)
{
    const Space plain = namedSpace("AnyNetX_D");
    EXPECT_EQ(dimensions(withRecipe()), dimensions(plain) + 2);
    EXPECT_EQ(log10Size(withRecipe()), log10Size(plain));
}

TEST(RecipeDraw, isNarrowedByConstraints)
{
    const Space narrow = constrained(withRecipe(), constraintFrom("rate=0.1:0.2"));
    for (const Sample& s : draw(narrow, 3, 200).samples)
        EXPECT_TRUE(*s.rate >= 0.1 && *s.rate <= 0.2 && fulfils(s, narrow.constraints.back()));
    EXPECT_EQ(dimensions(constrained(withRecipe(), constraintFrom("rate=0.1"))), dimensions(withRecipe()) - 1);
    EXPECT_THROW(draw(constrained(withRecipe(), constraintFrom("rate=1:2")), 3, 1), Error);
    EXPECT_THROW(check(constrained(namedSpace("AnyNetX_D"), constraintFrom("rate=1:2"))), Error);
}

TEST(RecipeDraw, isKeptInFilesAndTakesTheRecipesPlace)
{
    const Space space = withRecipe();
    EXPECT_EQ(spaceFromText(toText(space)), space);
    const Sample drawn = draw(space, 3, 1).samples[0];
    const Sample read = sampleFrom(toJson(drawn));
    EXPECT_EQ(read.rate, drawn.rate);
    EXPECT_EQ(read.weightDecay, drawn.weightDecay);
    EXPECT_EQ(parameterValue(read, "rate"), drawn.rate);
    const Recipe recipe = recipeOf(drawn, Recipe{});
    EXPECT_EQ(recipe.rate, drawn.rate);
    EXPECT_EQ(recipe.weightDecay, drawn.weightDecay);
    EXPECT_EQ(recipeOf(draw(namedSpace("AnyNetX_D"), 3, 1).samples[0], Recipe{}), Recipe{});
    EXPECT_THROW(spaceFromText("rate: 0.1"), Error);
    EXPECT_THROW(spaceFromText("rate: {low: 0.2, high: 0.1}"), Error);
    EXPECT_THROW(spaceFromText("weight_decay: {low: 0, high: 0.1}"), Error);
}

TEST(RecipeDraw, tellsSamplesOfOneNetworkApart)
{
    Space space = namedSpace("ResNet-50");
    space.rate = RecipeRange{0.01, 1};
    EXPECT_EQ(draw(space, 3, 20).samples.size(), 20u);
}
