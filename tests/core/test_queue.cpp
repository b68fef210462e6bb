// The study as a queue: which model is given out next, and when it is given out again.
#include "study_fixture.h"

namespace spacewright {
namespace {

using QueueTest = StudyTest;

/// The next model, with an epoch and a checkpoint.
ModelId claimAndBegin(Study& study)
{
    const ModelId id = study.claimNext()->id;
    study.recordEpoch(id, {1, 0.05, 2.5, 80, 75, 3});
    std::filesystem::create_directory(study.checkpointPath(id).parent_path());
    std::ofstream(study.checkpointPath(id)) << "weights";
    return id;
}

TEST_F(QueueTest, spacesTakeTurnsInOrderOfSampleIndex)
{
    Study study = Study::create(file, Recipe{});
    const SpaceId a = study.addSpace(smallSpace());
    const SpaceId b = study.addSpace(smallSpace());
    study.addModels(b, {smallSample(0), smallSample(1)}, 2);
    study.addModels(a, {smallSample(1), smallSample(0), smallSample(3)}, 4);
    std::vector<std::pair<std::int64_t, SpaceId>> order;
    while (const auto model = study.claimNext()) {
        EXPECT_EQ(model->state, ModelState::running);
        EXPECT_EQ(model->sample.network, smallSample(model->sample.index).network);
        order.emplace_back(model->sample.index, model->space);
    }
    EXPECT_EQ(order, (std::vector<std::pair<std::int64_t, SpaceId>>{{0, a}, {0, b}, {1, a}, {1, b}, {3, a}}));
    EXPECT_EQ(study.totals().running, 5);
}

TEST_F(QueueTest, modelsAskedForNextComeFirstThenSpacesOfHigherPriority)
{
    Study study = Study::create(file, Recipe{});
    const SpaceId a = study.addSpace(smallSpace(), {smallSample(0), smallSample(1), smallSample(2)});
    const SpaceId b = study.addSpace(smallSpace(), {smallSample(0), smallSample(1)});
    const std::vector<Model> all = study.models();
    study.setPriority(b, 1);
    study.setNext({all[2].id, all[1].id}, true);
    const std::vector expected{all[1].id, all[2].id, all[3].id, all[4].id, all[0].id};
    EXPECT_EQ(study.waiting(), expected);
    study.addModels(b, {smallSample(2)}, 3);
    EXPECT_EQ(study.waiting().at(4), study.models().back().id) << "later models have their space's priority";
    EXPECT_EQ(study.space(b).priority, 1);
    const Model first = *study.claimNext();
    EXPECT_EQ(first.id, all[1].id);
    study.release(first.id);
    EXPECT_EQ(study.waiting().front(), first.id) << "it is still the one that a person wants";
    study.setNext({all[1].id, all[2].id}, false);
    study.setPriority(b, 0);
    EXPECT_EQ(study.waiting().front(), all[0].id);
    EXPECT_ERROR(study.setPriority(SpaceId{9}, 1), "holds no space");
    EXPECT_EQ(study.space(a).priority, 0);
}

TEST_F(QueueTest, aWorkerMayChooseAmongTheFirstOrTakeNone)
{
    Study study = studyOf(file, 5);
    std::size_t seen = 0;
    const auto claimed = study.claimNext(3, [&](const std::vector<Model>& head) {
        seen = head.size();
        return 2;
    });
    EXPECT_EQ(seen, 3U);
    EXPECT_EQ(claimed->id, ModelId{3});
    EXPECT_EQ(claimed->state, ModelState::running);
    EXPECT_EQ(study.claimNext(9, [](const std::vector<Model>&) { return std::nullopt; }), std::nullopt);
    EXPECT_EQ(study.totals().running, 1);
    EXPECT_EQ(study.claimNext()->id, ModelId{1});
}

TEST_F(QueueTest, aModelIsCountedOnce)
{
    Study study = studyOf(file, 2);
    const ModelId id = study.claimNext()->id;
    study.finish(id, ModelState::finished, 12.5, "", 60, 100);
    EXPECT_ERROR(study.finish(id, ModelState::finished, 11, "", 60, 100), "it is finished");
    EXPECT_ERROR(study.release(id), "it is finished");
    EXPECT_ERROR(study.recordEpoch(id, {}), "it is finished");
    EXPECT_ERROR(study.retry(id), "it is finished");
    EXPECT_ERROR(study.finish(ModelId{2}, ModelState::finished, 11, "", 60, 100), "it is waiting");
    EXPECT_ERROR(study.finish(ModelId{9}, ModelState::finished, 11, "", 60, 100), "no such model");
    EXPECT_EQ(study.model(id).error, 12.5);
    EXPECT_EQ(study.totals().finished, 1);
    EXPECT_EQ(study.claimNext()->id, ModelId{2});
    study.finish(ModelId{2}, ModelState::finished, 11, "", 60, 100);
    EXPECT_EQ(study.model(ModelId{2}).finishOrder, 2) << "a refused result must not use up a number";
}

TEST_F(QueueTest, aReleasedModelWaitsAgainWithItsEpochsAndCheckpoint)
{
    Study study = studyOf(file, 2);
    const ModelId id = claimAndBegin(study);
    study.release(id);
    EXPECT_EQ(study.model(id).state, ModelState::waiting);
    EXPECT_EQ(study.epochs(id).size(), 1U);
    EXPECT_EQ(bytesOf(study.checkpointPath(id)), "weights");
    EXPECT_EQ(study.claimNext()->id, id);
}

TEST_F(QueueTest, aRetriedModelStartsAnew)
{
    Study study = studyOf(file, 1);
    const ModelId id = claimAndBegin(study);
    study.finish(id, ModelState::diverged, 90, "chance level", 5, 10);
    study.retry(id);
    const Model model = study.model(id);
    EXPECT_EQ(model.state, ModelState::waiting);
    EXPECT_EQ(model.error, std::nullopt);
    EXPECT_EQ(model.reason, "");
    EXPECT_EQ(model.seconds, 0);
    EXPECT_EQ(model.finishOrder, 0);
    EXPECT_TRUE(study.epochs(id).empty());
    EXPECT_FALSE(std::filesystem::exists(study.checkpointPath(id)));
    study.finish(study.claimNext()->id, ModelState::failed, std::nullopt, "again", 5, 10);
    EXPECT_EQ(study.model(id).finishOrder, 2);
}

TEST_F(QueueTest, aFailedModelThatIsRetriedGoesOnFromItsCheckpoint)
{
    Study study = studyOf(file, 1);
    const ModelId id = claimAndBegin(study);
    study.finish(id, ModelState::failed, std::nullopt, "no memory", 5, 10);
    study.retry(id);
    EXPECT_EQ(study.model(id).state, ModelState::waiting);
    EXPECT_EQ(study.model(id).reason, "");
    EXPECT_EQ(study.epochs(id).size(), 1U);
    EXPECT_TRUE(std::filesystem::exists(study.checkpointPath(id)));
}

TEST_F(QueueTest, aModelWhoseCheckpointCannotBeRemovedIsNotRetried)
{
    Study study = studyOf(file, 1);
    const ModelId id = study.claimNext()->id;
    study.recordEpoch(id, {1, 0.05, 2.5, 80, 75, 3});
    study.finish(id, ModelState::diverged, 90, "why", 5, 10);
    std::filesystem::create_directories(study.checkpointPath(id) / "in the way");
    EXPECT_ERROR(study.retry(id), "cannot be removed");
    EXPECT_EQ(study.model(id).state, ModelState::diverged);
    EXPECT_EQ(study.epochs(id).size(), 1U);
}

} // namespace
} // namespace spacewright
