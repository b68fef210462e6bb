// Two regimes: the same networks found, their ranks compared, with an interval that holds what it promises.
#include "core/design/random.h"
#include "core/error.h"
#include "core/statistics/agreement.h"
#include "core/statistics/kendall.h"
#include <gtest/gtest.h>
#include <cmath>

namespace spacewright {
namespace {

double normal(Random& random)
{
    return std::sqrt(-2 * std::log(1 - random.uniform())) * std::cos(2 * M_PI * random.uniform());
}

TEST(Agreement, intervalCoversTheTrueTau)
{
    constexpr double correlation = 0.7;
    const double truth = 2 / M_PI * std::asin(correlation); // of a bivariate normal distribution
    int covered = 0;
    constexpr int studies = 100;
    for (std::uint64_t study = 0; study < studies; ++study) {
        Random random(study, 0);
        std::vector<double> x, y;
        for (int i = 0; i < 40; ++i) {
            x.push_back(normal(random));
            y.push_back(correlation * x.back() + std::sqrt(1 - correlation * correlation) * normal(random));
        }
        const Tau tau = rankAgreement(x, y).value();
        EXPECT_EQ(tau.value, kendallTau(x, y));
        covered += tau.low <= truth && truth <= tau.high;
    }
    EXPECT_GE(covered, 87); // 95 expected; the percentile interval of 40 pairs is a little narrow
}

TEST(Agreement, fewNetworksOrNoOrderGiveNone)
{
    EXPECT_FALSE(rankAgreement({1, 2, 3}, {1, 2, 3}));
    EXPECT_FALSE(rankAgreement({1, 1, 1, 1}, {1, 2, 3, 4}));
    EXPECT_THROW(rankAgreement({1, 2}, {1}), Error);
    const Tau same = rankAgreement({1, 2, 3, 4, 5}, {2, 3, 4, 5, 9}).value();
    EXPECT_DOUBLE_EQ(same.value, 1);
    EXPECT_DOUBLE_EQ(same.low, 1);
    EXPECT_DOUBLE_EQ(same.high, 1);
}

struct Result {
    int network;
    double error;
};

/// Model ids begin with `first`; a network is told by its width.
Population populationOf(const std::string& name, int first, const std::vector<Result>& results)
{
    Population population;
    population.space.space.name = name;
    for (const Result& result : results) {
        Model model;
        model.id = ModelId{first++};
        model.error = result.error;
        model.sample.network.stages = {{.width = 8 * result.network}};
        population.counted.push_back(model);
    }
    return population;
}

StudyView viewOf(const std::string& path, std::vector<Population> populations)
{
    StudyView study;
    study.path = path;
    study.populations = std::move(populations);
    return study;
}

TEST(Agreement, pairsTheSameNetworksOfSpacesOfTheSameName)
{
    const StudyView a = viewOf("short", {populationOf("A", 1, {{1, 30}, {2, 20}, {3, 25}, {4, 40}, {5, 10}}),
                                         populationOf("D", 6, {{6, 12}, {7, 14}}), populationOf("E", 8, {{9, 1}})});
    StudyView b = viewOf("long", {populationOf("D", 1, {{7, 9}, {6, 8}, {8, 1}}),
                                  populationOf("A", 4, {{4, 30}, {3, 22}, {2, 23}, {1, 28}})});
    for (Population& population : b.populations)
        for (Model& model : population.counted)
            model.sample.network.resolution = 32; // goes with the data set
    const RegimeAgreement both = agreement(a, b);
    ASSERT_EQ(both.spaces.size(), 2U);
    EXPECT_EQ(both.spaces[0].name, "A");
    EXPECT_EQ(both.spaces[0].networks, 4);
    EXPECT_EQ(both.spaces[0].meanA, 115.0 / 4);
    EXPECT_EQ(both.spaces[0].meanB, 103.0 / 4);
    EXPECT_NEAR(both.spaces[0].tau->value, kendallTau({30, 20, 25, 40}, {28, 23, 22, 30}), 1e-12);
    EXPECT_EQ(both.spaces[1].networks, 2);
    EXPECT_FALSE(both.spaces[1].tau) << "two say little";
    EXPECT_EQ(both.networks, 6);
    EXPECT_TRUE(both.tau);
    EXPECT_EQ(both.means->value, 1) << "D is better than A in both";
    EXPECT_THROW(agreement(a, viewOf("other", {populationOf("A", 1, {{9, 1}})})), Error);
}

TEST(Agreement, aNetworkOfTwoSpacesCountsInBothMeansAndOnceOverAll)
{
    const std::vector<Result> shared{{1, 10}, {2, 20}};
    const StudyView a =
        viewOf("short", {populationOf("A", 1, {{1, 10}, {2, 20}, {3, 40}}), populationOf("D", 1, shared)});
    const StudyView b =
        viewOf("long", {populationOf("A", 1, {{1, 8}, {2, 18}, {3, 20}}), populationOf("D", 1, {{1, 8}, {2, 18}})});
    const RegimeAgreement both = agreement(a, b);
    EXPECT_EQ(both.networks, 3);
    EXPECT_EQ(both.spaces[1].meanB, 13);
    EXPECT_EQ(both.means->value, 1);
}

} // namespace
} // namespace spacewright
