// Training until the verdict is decided: the steps that lead there, and where they end.
#include "core/design/random.h"
#include "core/statistics/pursuit.h"
#include "figure_fixture.h"
#include <gtest/gtest.h>

namespace spacewright {
namespace {

/// n models with errors around `middle`, their ids from `first` on.
Population around(const std::string& name, double middle, int n, std::int64_t first)
{
    Random random(static_cast<std::uint64_t>(first), 0);
    std::vector<double> errors;
    for (int i = 0; i < n; ++i)
        errors.push_back(middle + 4 * (random.uniform() - 0.5));
    Population population = trained(name, errors);
    for (auto* models : {&population.models, &population.counted})
        for (std::size_t i = 0; i < models->size(); ++i)
            (*models)[i].id = ModelId{first + static_cast<std::int64_t>(i)};
    population.counts.finished = n;
    return population;
}

TEST(Pursuit, looksOnlyWhenAllModelsAreTrained)
{
    Population child = around("AnyNetX_D", 10, 24, 1), parent = around("AnyNetX_A", 20, 24, 100);
    parent.counts.waiting = 3;
    child.counts.running = 1;
    const NextStep step = nextStep(child, parent, 100);
    EXPECT_EQ(step.kind, NextStep::Kind::wait);
    EXPECT_NE(step.sentence.find("4 models to train"), std::string::npos) << step.sentence;
    parent.counts.waiting = child.counts.running = 0;
    EXPECT_EQ(nextStep(child, parent, 100).kind, NextStep::Kind::decided);
}

TEST(Pursuit, drawsAFewWhenThereAreTooFewToCompare)
{
    const NextStep step = nextStep(around("AnyNetX_D", 10, 2, 1), around("AnyNetX_A", 20, 6, 100), 100);
    EXPECT_EQ(step.kind, NextStep::Kind::draw);
    EXPECT_EQ(step.models, 8);
    EXPECT_EQ(nextStep(around("AnyNetX_D", 10, 2, 1), around("AnyNetX_A", 20, 6, 100), 2).kind, NextStep::Kind::limit);
}

TEST(Pursuit, stepsGrowWithWhatIsNeededAndEndAtTheLimit)
{
    const Population child = around("AnyNetX_D", 19.8, 16, 1), parent = around("AnyNetX_A", 20, 16, 100);
    const NextStep step = nextStep(child, parent, 200);
    ASSERT_EQ(step.kind, NextStep::Kind::draw) << step.sentence;
    EXPECT_GE(step.models, 20);
    EXPECT_LE(step.models, 32);
    EXPECT_EQ(nextStep(child, parent, 18).models, 18);
    const NextStep end = nextStep(child, parent, 16);
    EXPECT_EQ(end.kind, NextStep::Kind::limit);
    EXPECT_NE(end.sentence.find("16 models of each space is reached"), std::string::npos) << end.sentence;
}

TEST(Pursuit, decidesBetweenSpacesThatDifferWithinItsLimit)
{
    std::int64_t n = 4;
    NextStep step;
    for (int looks = 0; looks < 12; ++looks) {
        step = nextStep(around("AnyNetX_D", 19, static_cast<int>(n), 1),
                        around("AnyNetX_A", 20, static_cast<int>(n), 1000), 400);
        if (step.kind != NextStep::Kind::draw)
            break;
        EXPECT_GT(step.models, n);
        n = step.models;
    }
    EXPECT_EQ(step.kind, NextStep::Kind::decided) << step.sentence;
    EXPECT_LT(n, 200);
}

TEST(Pursuit, rarelyDecidesBetweenEqualSpacesHoweverOftenItLooks)
{
    constexpr int pursuits = 100, limit = 40;
    int wrong = 0;
    for (int i = 0; i < pursuits; ++i)
        for (int n = 8; n <= limit; n += 8) {
            const NextStep step =
                nextStep(around("AnyNetX_D", 20, n, 1 + 2000 * i), around("AnyNetX_A", 20, n, 1001 + 2000 * i), limit);
            if (step.kind == NextStep::Kind::decided) {
                ++wrong;
                break;
            }
        }
    EXPECT_LE(wrong, pursuits * 0.05);
    EXPECT_GT(wrong, 0) << "a boundary that is never crossed decides nothing";
}

} // namespace
} // namespace spacewright
