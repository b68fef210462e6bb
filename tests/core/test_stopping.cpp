// Early stopping: only what cannot become good any more, and never with an error that nobody knows.
#include "core/schedule/stopping.h"
#include "core/statistics/population.h"
#include "study_fixture.h"

namespace spacewright {
namespace {

/// Eight finished models of 20 to 27 percent, the last of which improved by 15 points since.
std::vector<EpochOutcome> finishedModels()
{
    std::vector<EpochOutcome> finished;
    for (int i = 0; i < 8; ++i)
        finished.push_back({30.0 + i, 20.0 + i});
    finished.back().errorThen = 42;
    return finished;
}

TEST(Stopping, onlyWhatTheLargestImprovementWouldLeaveWorseThanTheMedianIsHopeless)
{
    EXPECT_EQ(hopelessBound(39.5, finishedModels()), 24.5) << "24.5 is above the median of 24";
    EXPECT_EQ(hopelessBound(39, finishedModels()), std::nullopt);
    EXPECT_EQ(hopelessBound(10, finishedModels()), std::nullopt);
}

TEST(Stopping, nothingIsStoppedBeforeEightModelsAreFinished)
{
    std::vector<EpochOutcome> few = finishedModels();
    few.pop_back();
    EXPECT_EQ(hopelessBound(99, few), std::nullopt);
}

using StoppedModelTest = StudyTest;

TEST_F(StoppedModelTest, isKnownToBeAtLeastSoBadAndNoMore)
{
    Study study = studyOf(file, 4);
    for (const double error : {10.0, 20.0})
        study.finish(study.claimNext()->id, ModelState::finished, error, "", 1, 1);
    const ModelId id = study.claimNext()->id;
    EXPECT_ERROR(study.finish(id, ModelState::stopped, std::nullopt, "", 1, 1), "between 0 and 100");
    study.recordEpoch(id, {1, 0.1, 2, 50, 40, 3});
    study.finish(id, ModelState::stopped, 15, "hopeless", 1, 1);
    EXPECT_EQ(study.model(id).state, ModelState::stopped);
    EXPECT_EQ(study.model(id).error, std::nullopt);
    EXPECT_EQ(study.model(id).errorAtLeast, 15);
    EXPECT_TRUE(study.outcomesAfter(1).empty()) << "it is no finished model";

    const Population population = view(study)->populations.at(0);
    EXPECT_EQ(population.counts.stopped, 1);
    EXPECT_EQ(population.edf->n(), 2);
    EXPECT_EQ(population.atLeast, std::vector{15.0});
    EXPECT_DOUBLE_EQ(edfBounds(population, 15).high, 1.0 / 3);
    EXPECT_DOUBLE_EQ(edfBounds(population, 16).low, 1.0 / 3);
    EXPECT_DOUBLE_EQ(edfBounds(population, 16).high, 2.0 / 3);
    EXPECT_DOUBLE_EQ(edfBounds(population, 100).low, 2.0 / 3);
    EXPECT_DOUBLE_EQ(edfBounds(population, 100).high, 1);
    EXPECT_NE(stoppedText(population).find("1 model of AnyNetX_A"), std::string::npos);

    study.retry(id);
    EXPECT_EQ(study.model(id).errorAtLeast, std::nullopt);
    EXPECT_EQ(stoppedText(view(study)->populations.at(0)), "");
}

} // namespace
} // namespace spacewright
