// The time a queue takes: dealt to workers as they become free, with an interval that holds.
#include "core/design/random.h"
#include "core/duration.h"
#include "core/schedule/open_work.h"
#include "study_fixture.h"
#include <cmath>

namespace spacewright {
namespace {

TrainingWork work(double flops)
{
    return {flops, 1e4, 1e5, 30};
}

/// Trainings of 10 seconds, each off by up to `noise`.
CostModel even(int n, double noise = 0)
{
    std::vector<MeasuredTraining> trainings;
    Random random(1, 1);
    for (int i = 0; i < n; ++i)
        trainings.push_back({work(1e6), 10 * (1 + noise * (2 * random.uniform() - 1))});
    return CostModel::fitted(trainings).value();
}

TEST(TimeLeft, isThatOfTheWorkerThatEndsLast)
{
    EXPECT_EQ(makespan({0, 0}, {3, 2, 2}), 4);
    EXPECT_EQ(makespan({5, 0}, {1, 1}), 5);
    EXPECT_EQ(makespan({0, 0, 0}, {}), 0);
    const CostModel model = even(100);
    EXPECT_NEAR(timeLeft(model, {}, std::vector(7, work(1e6)), 2).seconds, 40, 1e-6);
    EXPECT_NEAR(timeLeft(model, {}, std::vector(7, work(1e6)), 1).seconds, 70, 1e-6);
    EXPECT_NEAR(timeLeft(model, {{work(1e6), 0.75}, {work(1e6), 0.25}}, {work(1e6)}, 2).seconds, 12.5, 1e-6);
    EXPECT_NEAR(timeLeft(model, {{work(1e6), 0.75}, {work(1e6), 0.25}}, {}, 1).seconds, 7.5, 1e-6)
        << "the second trains elsewhere";
    EXPECT_NEAR(timeLeft(model, {{work(1e6), std::nullopt}}, {}, 1).seconds, 5, 1e-6) << "half of it, on average";
    EXPECT_EQ(timeLeft(model, {}, {}, 2).seconds, 0);
}

TEST(TimeLeft, itsIntervalNarrowsWithMoreTrainingsSeenAndMoreStillToCome)
{
    const auto width = [](const CostModel& model, std::size_t n) {
        const TimeLeft left = timeLeft(model, {}, std::vector(n, work(1e6)), 2);
        EXPECT_LE(left.low, left.seconds);
        EXPECT_GE(left.high, left.seconds);
        return (left.high - left.low) / left.seconds;
    };
    EXPECT_GT(width(even(2, 0.3), 40), 2 * width(even(40, 0.3), 40));
    EXPECT_GT(width(even(40, 0.3), 4), 2 * width(even(40, 0.3), 100));
    EXPECT_EQ(width(even(40, 0.3), 40), width(even(40, 0.3), 40)) << "the same arguments give the same numbers";
}

TEST(TimeLeft, itsIntervalHoldsTheTruthAsOftenAsItSays)
{
    int within = 0;
    constexpr int queues = 200;
    for (std::uint64_t queue = 0; queue < queues; ++queue) {
        Random random(9, queue);
        std::vector<MeasuredTraining> seen;
        std::vector<TrainingWork> waiting;
        std::vector<double> truth;
        for (int i = 0; i < 60; ++i) {
            const TrainingWork one = work(1e6 * (1 + random.uniform()));
            const double seconds = 1e-2 * std::sqrt(one.flops) * std::exp(0.6 * (random.uniform() - 0.5));
            if (i < 20) {
                seen.push_back({one, seconds});
            } else {
                waiting.push_back(one);
                truth.push_back(seconds);
            }
        }
        const TimeLeft left = timeLeft(CostModel::fitted(seen).value(), {}, waiting, 2);
        const double end = makespan({0, 0}, truth);
        within += left.low <= end && end <= left.high;
    }
    EXPECT_GE(within, 0.92 * queues);
}

TEST(TimeLeft, isReadAsAPersonReadsIt)
{
    EXPECT_EQ(durationText(8.2), "8 s");
    EXPECT_EQ(durationText(130), "2 min 10 s");
    EXPECT_EQ(durationText(120), "2 min");
    EXPECT_EQ(durationText(3900), "1 h 5 min");
    EXPECT_EQ(durationText(132, 109, 153), "2 min 10 s ± 20 s");
    EXPECT_EQ(durationText(7.4, 6, 9), "7 s ± 2 s");
    EXPECT_EQ(durationText(7.4, 7.4, 7.4), "7 s ± 1 s");
    EXPECT_EQ(durationText(7300, 7000, 7600), "2 h 2 min ± 5 min");
    EXPECT_EQ(durationText(387, 209, 1287), "6 min (3 min to 21 min)");
}

using OpenWorkTest = StudyTest;

TEST_F(OpenWorkTest, isJudgedByTheResultsOfTheStudy)
{
    Study study = studyOf(file, 6);
    EXPECT_FALSE(timeLeft(openWork(study), 2).has_value()) << "nothing to judge by yet";
    for (int i = 0; i < 2; ++i)
        study.finish(study.claimNext()->id, ModelState::finished, 20, "", 10, 100);
    const TimeLeft two = timeLeft(openWork(study), 2).value(), one = timeLeft(openWork(study), 1).value();
    EXPECT_GT(two.seconds, 20) << "two each, of networks wider than those of 10 seconds";
    EXPECT_LT(two.seconds, 40);
    EXPECT_NEAR(one.seconds / two.seconds, 2, 0.2);
    EXPECT_LT(two.low, two.seconds);
    while (const auto model = study.claimNext())
        study.finish(model->id, ModelState::failed, std::nullopt, "why", 1, 1);
    EXPECT_EQ(timeLeft(openWork(study), 2).value().seconds, 0);
}

TEST_F(OpenWorkTest, isNotWhatAClusterHas)
{
    Study study = studyOf(file, 6);
    study.finish(study.claimNext()->id, ModelState::finished, 20, "", 10, 100);
    const std::vector<ModelId> lent = study.lend({ModelId{4}, ModelId{5}, ModelId{6}}, borrowerPrefix + file.string());
    EXPECT_EQ(openWork(study).running.size(), 0U);
    const TimeLeft two = timeLeft(openWork(study), 1).value();
    study.takeBack(lent, borrowerPrefix + file.string());
    EXPECT_GT(timeLeft(openWork(study), 1).value().seconds, 2 * two.seconds) << "two models, and five wider ones";
}

TEST_F(OpenWorkTest, modelsThatWillTakeMuchLongerThanTheOthersAreNamed)
{
    Study study = studyOf(file, 6);
    EXPECT_TRUE(longTrainings(openWork(study)).empty());
    study.finish(study.claimNext()->id, ModelState::finished, 20, "", 10, 100);
    EXPECT_TRUE(longTrainings(openWork(study)).empty());
    Sample deep = smallSample(6);
    deep.network.stages[0].depth = 60;
    deep.complexity = complexity(deep.network);
    study.addModels(SpaceId{1}, {deep}, 7);
    const std::vector<LongTraining> found = longTrainings(openWork(study));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, ModelId{7});
}

} // namespace
} // namespace spacewright
