// What a study keeps of trained models: results in their order, epochs, tests.
#include "study_fixture.h"
#include <cmath>

namespace spacewright {
namespace {

using Access = Study::Access;
using QueueTest = StudyTest;

TEST_F(QueueTest, aResultIsKeptAndNumbered)
{
    Study study = studyOf(file, 3);
    const ModelId finished = study.claimNext()->id;
    const ModelId failed = study.claimNext()->id;
    study.finish(failed, ModelState::failed, std::nullopt, "out of memory", 2, 0);
    study.finish(finished, ModelState::finished, 12.5, "", 60, std::nan(""));
    EXPECT_EQ(study.model(failed).reason, "out of memory");
    EXPECT_EQ(study.model(failed).error, std::nullopt);
    EXPECT_EQ(study.model(failed).finishOrder, 1);
    EXPECT_EQ(study.model(finished).error, 12.5);
    EXPECT_EQ(study.model(finished).seconds, 60);
    EXPECT_EQ(study.model(finished).imagesPerSecond, 0);
    EXPECT_EQ(study.model(finished).finishOrder, 2);
}

TEST_F(QueueTest, aResultMustFitItsState)
{
    Study study = studyOf(file, 1);
    const ModelId id = study.claimNext()->id;
    EXPECT_ERROR(study.finish(id, ModelState::finished, std::nullopt, "", 1, 1), "between 0 and 100");
    EXPECT_ERROR(study.finish(id, ModelState::finished, std::nan(""), "", 1, 1), "between 0 and 100");
    EXPECT_ERROR(study.finish(id, ModelState::diverged, 101, "", 1, 1), "between 0 and 100");
    EXPECT_ERROR(study.finish(id, ModelState::failed, 50, "", 1, 1), "a failed one has none");
    EXPECT_ERROR(study.finish(id, ModelState::waiting, std::nullopt, "", 1, 1), "cannot end as waiting");
    EXPECT_EQ(study.model(id).state, ModelState::running);
}

TEST_F(QueueTest, aFollowerSeesEveryNewResultOnceAndWhatRuns)
{
    Study study = studyOf(file, 4);
    const auto first = *study.claimNext();
    const auto second = *study.claimNext();
    const auto third = *study.claimNext();
    study.finish(third.id, ModelState::finished, 20, "", 1, 1);
    study.finish(first.id, ModelState::finished, 30, "", 1, 1);
    const auto idsSince = [&](std::int64_t order) {
        std::vector<ModelId> ids;
        for (const Model& model : study.modelsSince(order))
            ids.push_back(model.id);
        return ids;
    };
    EXPECT_EQ(idsSince(0), (std::vector{third.id, first.id, second.id}));
    EXPECT_EQ(idsSince(1), (std::vector{first.id, second.id}));
    EXPECT_EQ(idsSince(2), (std::vector{second.id}));
}

TEST_F(QueueTest, epochsAreReplacedByTheirNumber)
{
    Study study = studyOf(file, 1);
    const ModelId id = study.claimNext()->id;
    study.recordEpoch(id, {1, 0.05, 2.5, 80, 75, 3});
    study.recordEpoch(id, {2, 0.02, std::nan(""), 70, 65, 3});
    study.recordEpoch(id, {1, 0.05, 2.25, 79, 74, 4});
    const auto epochs = Study(file, Access::readOnly).epochs(id);
    ASSERT_EQ(epochs.size(), 2U);
    EXPECT_EQ(epochs[0].trainingLoss, 2.25);
    EXPECT_EQ(epochs[0].trainingError, 79);
    EXPECT_EQ(epochs[0].validationError, 74);
    EXPECT_EQ(epochs[0].seconds, 4);
    EXPECT_EQ(epochs[1].number, 2);
    EXPECT_EQ(epochs[1].rate, 0.02);
    EXPECT_TRUE(std::isnan(epochs[1].trainingLoss));
}

TEST_F(QueueTest, aTestIsKeptForEachModelAndDataSet)
{
    Study study = studyOf(file, 2);
    const ModelId id = study.claimNext()->id;
    EXPECT_ERROR(study.recordTest({id, "a", 1, 10}), "is not finished");
    study.finish(id, ModelState::finished, 20, "", 1, 1);
    study.recordTest({id, "b", 3, 10});
    study.recordTest({id, "a", 1, 10});
    study.recordTest({id, "a", 2, 8});
    EXPECT_ERROR(study.recordTest({id, "a", 9, 8}), "no more wrong answers");
    EXPECT_ERROR(study.recordTest({id, "a", 0, 0}), "needs images");
    const auto tests = Study(file, Study::Access::readOnly).tests();
    ASSERT_EQ(tests.size(), 2U);
    EXPECT_EQ(tests[0].model, id);
    EXPECT_EQ(tests[0].data, "a");
    EXPECT_EQ(tests[0].wrong, 2);
    EXPECT_EQ(tests[0].error(), 25);
    EXPECT_EQ(tests[1].data, "b");
}

} // namespace
} // namespace spacewright
