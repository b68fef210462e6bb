// How the networks of a space spread over its parameters, and what narrowing it would give.
#include "core/statistics/prospect.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

Space narrowed(const std::string& name, const std::vector<const char*>& constraints)
{
    Space space = namedSpace(name);
    for (const char* text : constraints)
        space = constrained(space, constraintFrom(text));
    return space;
}

/// The area under a density is 1 where anything was drawn.
double area(const Spread& spread, const std::vector<double>& density)
{
    const auto onAxis = [&](double v) { return spread.bins.logarithmic ? std::log(v) : v; };
    const auto& e = spread.bins.edges;
    double sum = 0;
    for (std::size_t i = 0; i < density.size(); ++i)
        sum += density[i] * (onAxis(e[i + 1]) - onAxis(e[i])) / (onAxis(e.back()) - onAxis(e.front()));
    return sum;
}

const Spread& of(const Prospect& prospect, const std::string& parameter)
{
    return *std::find_if(prospect.spreads.begin(), prospect.spreads.end(),
                         [&](const Spread& spread) { return spread.parameter == parameter; });
}

Population populationOf(const Space& space)
{
    Population population;
    population.space.space = space;
    return population;
}

TEST(Spread, aFewValuesHaveABinEach)
{
    const Bins ratio = binsOf(namedSpace("AnyNetX_A"), "b", {});
    EXPECT_TRUE(ratio.logarithmic);
    EXPECT_EQ(ratio.values, (std::vector<double>{1, 2, 4}));
    ASSERT_EQ(ratio.edges.size(), 4U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_LT(ratio.edges[i], ratio.values[i]);
        EXPECT_GT(ratio.edges[i + 1], ratio.values[i]);
    }
}

TEST(Spread, manyValuesShareBinsThatAreNeverNarrowerThanA24thOfTheAxis)
{
    const Bins width = binsOf(namedSpace("AnyNetX_A"), "w2", {});
    EXPECT_EQ(width.values.size(), 128U);
    const double axis = std::log(width.edges.back() / width.edges.front());
    for (std::size_t i = 0; i + 1 < width.edges.size(); ++i) {
        EXPECT_GE(std::log(width.edges[i + 1] / width.edges[i]), axis / 24 * 0.999);
        const auto inside = std::count_if(width.values.begin(), width.values.end(),
                                          [&](double v) { return v > width.edges[i] && v < width.edges[i + 1]; });
        EXPECT_GE(inside, 1);
    }
}

TEST(Spread, theAxisEndsWhereTheSpaceDoes)
{
    const Space space = narrowed("AnyNetX_A", {"w=64:512", "w3=128:", "d=10:40"});
    EXPECT_EQ(binsOf(space, "w1", {}).values.front(), 64);
    EXPECT_EQ(binsOf(space, "w3", {}).values.front(), 128);
    EXPECT_EQ(binsOf(space, "w", {}).values.back(), 512);
    EXPECT_EQ(binsOf(space, "d", {}).values.size(), 31U);
    EXPECT_EQ(limitsOf(space, "d2").high, 16);
}

TEST(Spread, anEvenDistributionHasDensityOne)
{
    Population population = populationOf(namedSpace("RegNetX"));
    const Prospect prospect = Prospector().look(population, {}, Prospector::thorough);
    const Spread& b = of(prospect, "b");
    for (const double density : b.before)
        EXPECT_NEAR(density, 1, 0.25); // three values, of which RegNets of four stages prefer none by much
    for (const Spread& spread : prospect.spreads)
        EXPECT_NEAR(area(spread, spread.before), 1, 1e-9) << spread.parameter;
}

TEST(Prospect, whatIsLimitedLiesWithinTheLimitAfterwards)
{
    const Prospect prospect =
        Prospector().look(populationOf(namedSpace("AnyNetX_A")), {constraintFrom("w4=256:")}, Prospector::quick);
    const Spread& w4 = of(prospect, "w4");
    for (std::size_t i = 0; i < w4.after.size(); ++i) {
        EXPECT_GE(w4.before[i], 0);
        EXPECT_EQ(w4.bins.edges[i + 1] > 256 || w4.after[i] == 0, true);
    }
    EXPECT_NEAR(area(w4, w4.after), 1, 1e-9);
    EXPECT_LT(prospect.log10After, prospect.log10Before);
    EXPECT_EQ(prospect.examples.size(), 12U);
}

TEST(Prospect, anEmptyChildSaysWhichConstraintToChange)
{
    const Population population = populationOf(namedSpace("AnyNetX_A"));
    const Constraint impossible = constraintFrom("w=:2");
    const Prospect prospect =
        Prospector().look(population, {constraintFrom("shared b"), impossible}, Prospector::quick);
    ASSERT_TRUE(prospect.emptiness);
    ASSERT_EQ(prospect.emptiness->remedies.size(), 1U);
    EXPECT_EQ(prospect.emptiness->remedies[0].constraint, impossible);
    EXPECT_EQ(prospect.emptiness->remedies[0].nearest, constraintFrom("w=:8"));
    for (const Spread& spread : prospect.spreads) {
        EXPECT_GT(area(spread, spread.before), 0.99);
        EXPECT_EQ(area(spread, spread.after), 0);
    }
}

TEST(Prospect, aConstraintThatDoesNotApplyIsToldInWords)
{
    const Prospect prospect =
        Prospector().look(populationOf(namedSpace("AnyNetX_A")), {constraintFrom("w_m=2")}, Prospector::quick);
    EXPECT_NE(prospect.problem.find("RegNet"), std::string::npos);
}

TEST(Prospect, trainedModelsThatFulfilTheConstraintAreCounted)
{
    Population population = populationOf(namedSpace("AnyNetX_A"));
    int expected = 0;
    bool first = true; // the first one failed and does not count
    const Constraint narrow = constraintFrom("d=:20");
    for (const Sample& sample : draw(namedSpace("AnyNetX_A"), 3, 30).samples) {
        Model model;
        model.sample = sample;
        model.state = first ? ModelState::failed : ModelState::finished;
        model.error = fulfils(sample, narrow) ? 10 : 20;
        population.models.push_back(model);
        if (!std::exchange(first, false)) {
            expected += fulfils(sample, narrow);
            population.counted.push_back(model);
        }
    }
    const Prospect prospect = Prospector().look(population, {narrow}, Prospector::quick);
    ASSERT_GT(expected, 2);
    EXPECT_EQ(prospect.reusable, expected);
    EXPECT_EQ(prospect.reusableEdf->n(), expected);
    EXPECT_EQ(prospect.reusableEdf->mean, 10);
}

} // namespace
} // namespace spacewright
