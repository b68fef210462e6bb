// Populations that share models: the tests stay honest, which comparing the whole lists would not be.
#include "core/statistics/overlap.h"
#include "core/design/random.h"
#include "core/error.h"
#include "core/statistics/several.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

double normal(Random& random)
{
    return std::sqrt(-2 * std::log(1 - random.uniform())) * std::cos(2 * M_PI * random.uniform());
}

/// A parent of n models, of which a third fulfil the constraint; the child reuses these and has n models too. Models
/// that fulfil it are better by `effect`.
Overlap refined(std::uint64_t seed, int n, double effect)
{
    Random random(seed, 0);
    Overlap result;
    result.keeper = Overlap::Keeper::a;
    for (int i = 0; i < n; ++i) {
        const bool fulfils = random.uniform() < 1.0 / 3;
        (fulfils ? result.shared : result.onlyB).push_back(20 + normal(random) - (fulfils ? effect : 0));
    }
    for (int i = static_cast<int>(result.shared.size()); i < n; ++i)
        result.onlyA.push_back(20 + normal(random) - effect);
    return result;
}

/// As if the shared models had been trained twice.
Comparison naive(const Overlap& o, std::uint64_t seed)
{
    std::vector<double> a = o.onlyA, b = o.onlyB;
    a.insert(a.end(), o.shared.begin(), o.shared.end());
    b.insert(b.end(), o.shared.begin(), o.shared.end());
    return compare(a, b, seed);
}

/// The largest distance between the EDF of p-values and the diagonal; above 1.63 / sqrt(n) in 1 % of uniform samples.
double distanceFromUniform(std::vector<double> p)
{
    std::sort(p.begin(), p.end());
    double distance = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const double n = static_cast<double>(p.size()), below = static_cast<double>(i) / n;
        distance = std::max({distance, std::abs(p[i] - below), std::abs(p[i] - below - 1 / n)});
    }
    return distance;
}

TEST(Overlap, pIsUniformUnderTheNullWhereThatOfWholeListsIsNot)
{
    constexpr int studies = 600;
    std::vector<double> p, ofWholeLists;
    int covered = 0;
    double width = 0, naiveWidth = 0;
    for (int i = 0; i < studies; ++i) {
        const Overlap o = refined(static_cast<std::uint64_t>(i), 40, 0);
        const Comparison c = compare(o, 1), whole = naive(o, 1);
        p.push_back(c.mannWhitneyP);
        ofWholeLists.push_back(whole.mannWhitneyP);
        covered += c.meanLow <= 0 && c.meanHigh >= 0;
        width += c.meanHigh - c.meanLow;
        naiveWidth += whole.meanHigh - whole.meanLow;
    }
    const double onePercent = 1.63 / std::sqrt(studies);
    EXPECT_LT(distanceFromUniform(p), onePercent);
    EXPECT_GT(distanceFromUniform(ofWholeLists), 1.5 * onePercent) << "it is too careful";
    EXPECT_NEAR(covered / double(studies), 0.95, 0.03);
    EXPECT_LT(width, 0.9 * naiveWidth);
}

TEST(Overlap, aRealDifferenceIsFoundMoreOften)
{
    int found = 0, foundByWholeLists = 0;
    for (std::uint64_t i = 0; i < 100; ++i) {
        const Overlap o = refined(1000 + i, 40, 0.8);
        found += decided(compare(o, 1));
        foundByWholeLists += decided(naive(o, 1));
    }
    EXPECT_GT(found, foundByWholeLists + 5);
}

TEST(Overlap, theDifferenceIsThatOfTheWholePopulations)
{
    const Overlap o{{10, 12}, {11}, {20, 30, 40}, Overlap::Keeper::a};
    const Comparison c = compare(o), tests = compare({10, 12, 11}, {20, 30, 40});
    EXPECT_DOUBLE_EQ(c.meanDifference, 11 - 101 / 4.0);
    EXPECT_EQ(c.nA, 3);
    EXPECT_EQ(c.nB, 4);
    EXPECT_EQ(c.shared, 1);
    EXPECT_EQ(c.testedA, 3);
    EXPECT_EQ(c.testedB, 3);
    EXPECT_EQ(c.mannWhitneyP, tests.mannWhitneyP);
    EXPECT_EQ(c.ksP, tests.ksP);
    EXPECT_LE(c.meanLow, c.meanDifference);
    EXPECT_GE(c.meanHigh, c.meanDifference);
    EXPECT_NE(verdict(c, "D", "A").find("3 and 4 models, 1 of them in both"), std::string::npos);
    EXPECT_EQ(sharedText(c, "D", "A")
                  .rfind("1 model belongs to both D and A. The tests compare the 3 of D with the 3 of A "
                         "that are not in D, which are independent.",
                         0),
              0U)
        << sharedText(c, "D", "A");
    EXPECT_NE(sharedText(c, "D", "A").find("resamples all 6 models"), std::string::npos);
}

TEST(Overlap, exchangingThePopulationsTurnsTheSigns)
{
    const Comparison ab = compare(Overlap{{10, 12}, {11, 15}, {20, 30, 40}, Overlap::Keeper::a});
    const Comparison ba = compare(Overlap{{20, 30, 40}, {11, 15}, {10, 12}, Overlap::Keeper::b});
    EXPECT_DOUBLE_EQ(ab.mannWhitneyP, ba.mannWhitneyP);
    EXPECT_DOUBLE_EQ(ab.ksP, ba.ksP);
    EXPECT_DOUBLE_EQ(ab.meanDifference, -ba.meanDifference);
    EXPECT_NEAR(ab.meanLow, -ba.meanHigh, 0.6);
}

TEST(Overlap, ofCousinsNeitherKeepsWhatTheyShare)
{
    const Comparison c = compare(Overlap{{10, 12}, {11}, {20, 30, 40}, Overlap::Keeper::neither});
    EXPECT_EQ(c.testedA, 2);
    EXPECT_EQ(c.testedB, 3);
    EXPECT_NE(sharedText(c, "D", "A").find("the 2 of D that are not in A"), std::string::npos);
}

TEST(Overlap, withoutSharedModelsNothingChanges)
{
    const std::vector<double> a{10, 12, 13, 19}, b{12, 20, 30};
    const Comparison c = compare(Overlap{a, {}, b, Overlap::Keeper::a}, 3), lists = compare(a, b, 3);
    EXPECT_EQ(c.meanLow, lists.meanLow);
    EXPECT_EQ(c.ksP, lists.ksP);
    EXPECT_EQ(c.shared, 0);
    EXPECT_EQ(sharedText(c, "D", "A"), "");
}

TEST(Overlap, aPopulationWithinTheOtherOrTheSameOneIsAnswered)
{
    const Comparison within = compare(Overlap{{}, {10, 11}, {20, 30}, Overlap::Keeper::a});
    EXPECT_EQ(within.testedA, 2);
    EXPECT_EQ(within.testedB, 2);
    const Comparison same = compare(Overlap{{}, {10, 11, 12, 13}, {}, Overlap::Keeper::a});
    EXPECT_EQ(same.mannWhitneyP, 1);
    EXPECT_EQ(same.meanLow, 0);
    EXPECT_EQ(same.meanHigh, 0);
    EXPECT_FALSE(decided(same));
    EXPECT_NE(verdict(same, "D", "A").find("Not decided yet"), std::string::npos);
    EXPECT_NE(sharedText(same, "D", "A").find("the tests say nothing"), std::string::npos);
    EXPECT_THROW(compare(Overlap{{}, {10, std::nan("")}, {}, Overlap::Keeper::a}), Error);
}

Population populationOf(std::int64_t space, std::vector<SpaceId> ancestors, const std::vector<int>& ids)
{
    Population population;
    population.space.id = SpaceId{space};
    population.ancestors = std::move(ancestors);
    for (const int id : ids) {
        population.counted.emplace_back();
        population.counted.back().id = ModelId{id};
        population.counted.back().error = id;
    }
    return population;
}

TEST(Overlap, isToldFromTheModelsAndTheSpacesOfAStudy)
{
    const Population root = populationOf(1, {}, {1, 2, 3, 4}),
                     child = populationOf(3, {SpaceId{2}, SpaceId{1}}, {2, 4, 7}),
                     cousin = populationOf(4, {SpaceId{1}}, {4, 8});
    const Overlap down = overlap(child, root), up = overlap(root, child), across = overlap(child, cousin);
    EXPECT_EQ(down.onlyA, std::vector<double>{7});
    EXPECT_EQ(down.shared, (std::vector<double>{2, 4}));
    EXPECT_EQ(down.onlyB, (std::vector<double>{1, 3}));
    EXPECT_EQ(down.keeper, Overlap::Keeper::a);
    EXPECT_EQ(up.keeper, Overlap::Keeper::b);
    EXPECT_EQ(across.keeper, Overlap::Keeper::neither);
    EXPECT_EQ(across.shared, std::vector<double>{4});
}

TEST(Overlap, severalPopulationsAreComparedByWhatEachPairShares)
{
    const Overlap o{{10, 12}, {11}, {20, 30, 40}, Overlap::Keeper::a};
    const auto pairs = compareAll(3, [&](std::size_t, std::size_t b) { return b == 2 ? o : Overlap{{1, 2}, {}, {3}}; });
    ASSERT_EQ(pairs.size(), 3U);
    EXPECT_EQ(pairs[0].comparison.shared, 0);
    EXPECT_EQ(pairs[1].comparison.shared, 1);
    EXPECT_EQ(pairs[1].comparison.mannWhitneyP, compare(o).mannWhitneyP);
}

} // namespace
} // namespace spacewright
