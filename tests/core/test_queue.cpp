// The study as a queue: no model is given out twice, nothing recorded is lost, whoever dies.
#include "core/study/owner.h"
#include "core/study/sqlite.h"
#include "study_fixture.h"
#include <algorithm>
#include <atomic>
#include <cmath>
#include <set>
#include <thread>

namespace spacewright {
namespace {

using Access = Study::Access;
using QueueTest = StudyTest;

void setOwner(const std::filesystem::path& file, ModelId id, const std::string& owner)
{
    Database database(file, Database::Access::readWrite);
    Statement(database, "UPDATE model SET owner = ? WHERE id = ?").bind(owner, std::int64_t(id)).run();
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

TEST_F(QueueTest, aReleasedModelWaitsAgainWithItsEpochsAndCheckpoint)
{
    Study study = studyOf(file, 2);
    const ModelId id = study.claimNext()->id;
    study.recordEpoch(id, {1, 0.05, 2.5, 80, 75, 3});
    std::filesystem::create_directory(study.checkpointPath(id).parent_path());
    std::ofstream(study.checkpointPath(id)) << "weights";
    study.release(id);
    EXPECT_EQ(study.model(id).state, ModelState::waiting);
    EXPECT_EQ(study.epochs(id).size(), 1U);
    EXPECT_EQ(bytesOf(study.checkpointPath(id)), "weights");
    EXPECT_EQ(study.claimNext()->id, id);
}

TEST_F(QueueTest, aRetriedModelStartsAnew)
{
    Study study = studyOf(file, 1);
    const ModelId id = study.claimNext()->id;
    study.recordEpoch(id, {1, 0.05, 2.5, 80, 75, 3});
    study.finish(id, ModelState::diverged, 90, "chance level", 5, 10);
    std::filesystem::create_directory(study.checkpointPath(id).parent_path());
    std::ofstream(study.checkpointPath(id)) << "weights";
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

TEST_F(QueueTest, aModelWhoseCheckpointCannotBeRemovedIsNotRetried)
{
    Study study = studyOf(file, 1);
    const ModelId id = study.claimNext()->id;
    study.recordEpoch(id, {1, 0.05, 2.5, 80, 75, 3});
    study.finish(id, ModelState::failed, std::nullopt, "why", 5, 10);
    std::filesystem::create_directories(study.checkpointPath(id) / "in the way");
    EXPECT_ERROR(study.retry(id), "cannot be removed");
    EXPECT_EQ(study.model(id).state, ModelState::failed);
    EXPECT_EQ(study.epochs(id).size(), 1U);
}

TEST_F(QueueTest, threadsShareTheWorkWhileAnotherFollows)
{
    constexpr int models = 60;
    studyOf(file, models);
    std::atomic<int> running = 4;
    std::vector<std::vector<ModelId>> claimed(4);
    std::vector<std::jthread> threads;
    for (auto& mine : claimed)
        threads.emplace_back([&] {
            Study study(file, Access::readWrite);
            while (const auto model = study.claimNext()) {
                study.recordEpoch(model->id, {1, 0.05, 2.5, 80, 75, 3});
                study.finish(model->id, ModelState::finished, double(std::int64_t(model->id)), "", 1, 1);
                mine.push_back(model->id);
            }
            --running;
        });

    const Study follower(file, Access::readOnly);
    std::vector<std::int64_t> orders;
    for (bool last = false; !last;) {
        last = running == 0; // asked first, so that one more look follows the last result
        for (const Model& model : follower.modelsSince(orders.empty() ? 0 : orders.back()))
            if (model.state == ModelState::finished) {
                EXPECT_EQ(model.error, double(std::int64_t(model.id)));
                orders.push_back(model.finishOrder);
            }
    }
    threads.clear();
    std::set<ModelId> distinct;
    for (const auto& mine : claimed)
        distinct.insert(mine.begin(), mine.end());
    EXPECT_EQ(distinct.size(), std::size_t{models});
    EXPECT_EQ(follower.totals().finished, models);
    ASSERT_EQ(orders.size(), std::size_t{models});
    for (int i = 0; i < models; ++i)
        EXPECT_EQ(orders[i], i + 1);
}

TEST_F(QueueTest, twoProcessesNeverGetTheSameModelAndADeadOneGivesItsBack)
{
    studyOf(file, 3);
    ChildProcess victim([&](const auto& say) {
        Study study(file, Access::readWrite);
        study.finish(study.claimNext()->id, ModelState::finished, 10, "", 1, 1);
        study.claimNext();
        say("claimed");
        pause();
    });
    ASSERT_EQ(victim.answer(), "claimed");
    Study study(file, Access::readWrite);
    EXPECT_EQ(study.releaseAbandoned(), 0) << "the other process lives";
    EXPECT_EQ(study.claimNext()->id, ModelId{3});
    EXPECT_ERROR(study.finish(ModelId{2}, ModelState::finished, 10, "", 1, 1), "trained by the process");

    victim.kill();
    EXPECT_EQ(study.releaseAbandoned(), 1) << "dead, though nobody has waited for it";
    EXPECT_EQ(study.releaseAbandoned(), 0);
    EXPECT_EQ(study.totals().finished, 1);
    EXPECT_EQ(study.model(ModelId{3}).state, ModelState::running) << "our own claim stays";
    EXPECT_EQ(study.claimNext()->id, ModelId{2});
}

TEST_F(QueueTest, aProcessKilledWhileItWritesLosesNothingThatItRecorded)
{
    studyOf(file, 1);
    ChildProcess victim([&](const auto& say) {
        Study study(file, Access::readWrite);
        const ModelId id = study.claimNext()->id;
        for (int number = 1;; ++number) {
            study.recordEpoch(id, {number, 0.05, 2.5, 80, 75, 3});
            say("recorded");
        }
    });
    std::size_t recorded = 0;
    while (recorded < 50 && victim.answer() == "recorded")
        ++recorded;
    victim.kill();
    while (victim.answer() == "recorded")
        ++recorded;
    Study study(file, Access::readWrite);
    EXPECT_GE(recorded, 50U);
    EXPECT_GE(study.epochs(ModelId{1}).size(), recorded);
    EXPECT_EQ(Database(file, Database::Access::readOnly)
                  .integer("SELECT count(*) FROM pragma_integrity_check "
                           "WHERE integrity_check != 'ok'"),
              0);
    EXPECT_EQ(study.releaseAbandoned(), 1);
}

TEST_F(QueueTest, aReusedProcessNumberIsNotTakenForTheOldProcess)
{
    Study study = studyOf(file, 2);
    const ModelId id = study.claimNext()->id;
    const std::string owner = thisOwner();
    setOwner(file, id, owner.substr(0, owner.rfind('/')) + "/1");
    EXPECT_ERROR(study.recordEpoch(id, {}), "trained by the process");
    EXPECT_EQ(study.releaseAbandoned(), 1);
    EXPECT_EQ(study.model(id).state, ModelState::waiting);
}

TEST_F(QueueTest, modelsOfOtherMachinesAreLeftAlone)
{
    Study study = studyOf(file, 3);
    setOwner(file, study.claimNext()->id, "elsewhere/1/1");
    setOwner(file, study.claimNext()->id, "");
    setOwner(file, study.claimNext()->id, thisOwner() + "/x/y/");
    EXPECT_EQ(study.releaseAbandoned(), 0);
    EXPECT_EQ(study.totals().running, 3);
}

TEST_F(QueueTest, aProcessWhoseNameHoldsParenthesesIsRecognised)
{
    studyOf(file, 1);
    ChildProcess other([&](const auto& say) {
        std::ofstream("/proc/self/comm") << "a) R 1 (b";
        Study study(file, Access::readWrite);
        study.claimNext();
        say(thisOwner());
        pause();
    });
    const auto owner = other.answer();
    const auto start = owner.substr(owner.rfind('/') + 1);
    EXPECT_TRUE(start.size() > 2 && std::ranges::all_of(start, [](char c) { return c >= '0' && c <= '9'; })) << owner;
    EXPECT_FALSE(isAbandoned(owner));
    EXPECT_FALSE(isAbandoned(thisOwner()));
    Study study(file, Access::readWrite);
    EXPECT_EQ(study.releaseAbandoned(), 0);
}

} // namespace
} // namespace spacewright
