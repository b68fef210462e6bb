// The cost model: it finds the law that made the times, says how sure it is, and knows nothing without trainings.
#include "core/design/random.h"
#include "core/schedule/cost_model.h"
#include "study_fixture.h"
#include <cmath>

namespace spacewright {
namespace {

std::vector<TrainingWork> works(int n)
{
    std::vector<TrainingWork> result;
    const Draw drawn = draw(constrained(namedSpace("AnyNetX_A"), constraintFrom("flops=100M:2G")), 3, n);
    for (const Sample& sample : drawn.samples)
        result.push_back(workOf(sample));
    return result;
}

double secondsOf(const TrainingWork& work)
{
    return 1e-6 * std::pow(work.flops, 0.4) * std::pow(work.activations, 0.5);
}

/// Times of that law, each off by a factor of 1 - `noise` to 1 + `noise`.
std::vector<MeasuredTraining> trainings(int n, double noise)
{
    std::vector<MeasuredTraining> result;
    Random random(5, 0);
    for (const TrainingWork& work : works(n))
        result.push_back({work, secondsOf(work) * (1 + noise * (2 * random.uniform() - 1))});
    return result;
}

TEST(CostModel, knowsNothingBeforeTheFirstTraining)
{
    EXPECT_FALSE(CostModel::fitted({}).has_value());
    EXPECT_FALSE(CostModel::fitted({{works(1)[0], 0}}).has_value()) << "a training that took no time says nothing";
}

TEST(CostModel, predictsLikeTheOneTrainingThatItHasSeenAndSaysThatItIsUnsure)
{
    const auto one = trainings(1, 0);
    const CostModel model = CostModel::fitted(one).value();
    EXPECT_NEAR(model.seconds(one[0].work), one[0].seconds, 1e-9 * one[0].seconds);
    EXPECT_NEAR(model.spread(one[0].work), 0.4 * std::sqrt(2), 1e-9);
    TrainingWork wide = one[0].work;
    wide.flops *= 4;
    wide.activations *= 4;
    EXPECT_NEAR(model.seconds(wide), one[0].seconds * std::pow(4, 0.75), 1e-6 * one[0].seconds) << "the prior's slopes";
    EXPECT_GT(model.spread(wide), model.spread(one[0].work)) << "less sure far from what was measured";
}

TEST(CostModel, findsTheLawThatMadeTheTimes)
{
    const CostModel model = CostModel::fitted(trainings(200, 0)).value();
    for (const TrainingWork& work : works(300))
        EXPECT_NEAR(model.seconds(work) / secondsOf(work), 1, 0.04);
    EXPECT_LT(model.residualSpread(), 0.05);
}

TEST(CostModel, itsSpreadIsThatOfTheTimes)
{
    const CostModel model = CostModel::fitted(trainings(200, 0.3)).value();
    EXPECT_NEAR(model.residualSpread(), 0.3 / std::sqrt(3), 0.02) << "of a uniform error";
    int within = 0;
    const auto fresh = trainings(400, 0.3);
    for (const MeasuredTraining& one : fresh)
        within += std::abs(std::log(one.seconds / model.seconds(one.work))) < 1.96 * model.spread(one.work);
    EXPECT_GT(within, 0.94 * 400);
}

using CostModelOfStudyTest = StudyTest;

TEST_F(CostModelOfStudyTest, learnsFromFinishedTrainingsOnly)
{
    Study study = studyOf(file, 3);
    EXPECT_FALSE(costModelOf(study).has_value());
    study.finish(study.claimNext()->id, ModelState::diverged, 90, "in epoch 1", 0.1, 100);
    study.finish(study.claimNext()->id, ModelState::failed, std::nullopt, "no memory", 0.1, 100);
    EXPECT_FALSE(costModelOf(study).has_value()) << "those may have ended early";
    const Model last = *study.claimNext();
    study.finish(last.id, ModelState::finished, 20, "", 8, 100);
    EXPECT_NEAR(costModelOf(study).value().seconds(workOf(last.sample)), 8, 1e-9);
}

} // namespace
} // namespace spacewright
