// What workers are told: pause, stop, how many, how much of the time, how many results, how long, what is hopeless.
#include "recording.h"
#include <gtest/gtest.h>
#include <atomic>
#include <set>
#include <sys/resource.h>
#include <unistd.h>

using namespace spacewright;

namespace {

using Worker = WorkerTest;

TEST_F(Worker, trainsNothingWhilePaused)
{
    const std::filesystem::path study = makeStudy("a.study", 2), other = makeStudy("b.study", 2);
    std::promise<void> paused;
    Recording recording({.study = study, .workers = 1, .device = "cpu"}, [&](Engine& engine) {
        engine.pause();
        paused.set_value();
    });
    paused.get_future().wait();
    EXPECT_TRUE(recording.engine().paused());
    const std::size_t before = recording.count();
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait(); // time in which a whole study is trained
    EXPECT_EQ(recording.count(), before);
    EXPECT_EQ(models(study)[0].state, ModelState::running);

    recording.engine().resume();
    recording.wait();
    EXPECT_EQ(errors(study), errors(other));
}

TEST_F(Worker, letsOthersGoFirstWhenAskedTo)
{
    for (const bool background : {false, true}) {
        std::atomic<int> priority = -1;
        Recording recording({.study = makeStudy("a" + std::to_string(int{background}) + ".study", 1),
                             .workers = 1,
                             .device = "cpu",
                             .background = background},
                            [&](Engine&) { priority = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())); });
        recording.wait();
        const int own = getpriority(PRIO_PROCESS, 0);
        EXPECT_EQ(priority, background ? std::max(own, 10) : own);
    }
}

TEST_F(Worker, stopsWhilePaused)
{
    Recording recording({.study = makeStudy("a.study", 1), .workers = 1, .device = "cpu"}, [](Engine& engine) {
        engine.pause();
        engine.requestStop();
    });
    EXPECT_EQ(only<ModelDone>(recording.wait()).at(0).state, ModelState::waiting);
}

TEST_F(Worker, givesItsModelBackWhenStoppedAndGoesOnLaterWithTheSameResult)
{
    const std::filesystem::path study = makeStudy("a.study", 2), other = makeStudy("b.study", 2);
    Recording stopped({.study = study, .workers = 1, .device = "cpu"}, [](Engine& engine) { engine.requestStop(); });
    const std::vector<Event>& events = stopped.wait();
    EXPECT_EQ(only<BatchDone>(events).size(), 1u); // within one batch
    EXPECT_EQ(only<ModelDone>(events).at(0).state, ModelState::waiting);
    EXPECT_EQ(only<WorkerStopped>(events).at(0).problem, "");
    EXPECT_EQ(Study(study, Study::Access::readOnly).totals().waiting, 2);
    EXPECT_TRUE(std::filesystem::exists(Study(study, Study::Access::readOnly).checkpointPath(models(study)[0].id)));

    Recording({.study = study, .workers = 1, .device = "cpu"}).wait();
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    EXPECT_EQ(errors(study), errors(other));
}

TEST_F(Worker, changingTheNumberOfWorkersLosesNoWork)
{
    const std::filesystem::path study = makeStudy("a.study", 6), other = makeStudy("b.study", 6);
    Recording fewer({.study = study, .workers = 2, .device = "cpu", .models = 4},
                    [](Engine& engine) { engine.setWorkers(1); });
    const std::vector<WorkerStopped> ends = only<WorkerStopped>(fewer.wait());
    EXPECT_EQ(fewer.engine().workers(), 1);
    EXPECT_TRUE(ends.back().last);
    Recording more({.study = study, .workers = 1, .device = "cpu"}, [](Engine& engine) { engine.setWorkers(3); });
    std::set<int> workers;
    for (const WorkerStopped& end : only<WorkerStopped>(more.wait()))
        workers.insert(end.worker);
    EXPECT_EQ(workers, (std::set{0, 1, 2}));
    EXPECT_EQ(Study(study, Study::Access::readOnly).totals().finished, 6);
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    EXPECT_EQ(errors(study), errors(other));
}

TEST_F(Worker, restsBetweenItsBatchesUntilItMayComputeAllTheTime)
{
    const std::filesystem::path study = makeStudy("a.study", 1), other = makeStudy("b.study", 1);
    std::promise<void> slowed;
    Recording resting({.study = study, .workers = 1, .device = "cpu"}, [&](Engine& engine) {
        engine.setShare(1e-7); // a rest of hours
        slowed.set_value();
    });
    slowed.get_future().wait();
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait(); // time in which a whole study is trained
    EXPECT_EQ(models(study)[0].state, ModelState::running);
    resting.engine().setShare(1);
    resting.wait();
    EXPECT_EQ(errors(study), errors(other));
}

TEST_F(Worker, endsAfterAsManyResultsAsWereAskedFor)
{
    const std::filesystem::path study = makeStudy("a.study", 4);
    Recording({.study = study, .workers = 2, .device = "cpu", .models = 3}).wait();
    EXPECT_EQ(Study(study, Study::Access::readOnly).totals().waiting, 1);
}

TEST_F(Worker, endsWhenItsTimeIsOverAndGoesOnLaterWithTheSameResult)
{
    const std::filesystem::path study = makeStudy("a.study", 2), other = makeStudy("b.study", 2);
    Recording over({.study = study, .workers = 1, .device = "cpu"}, [](Engine& engine) { engine.setSecondsLeft(0); });
    EXPECT_EQ(only<ModelDone>(over.wait()).at(0).state, ModelState::waiting);
    EXPECT_EQ(Study(study, Study::Access::readOnly).totals().waiting, 2);
    Recording({.study = study, .workers = 1, .device = "cpu", .seconds = 1e6}).wait();
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    EXPECT_EQ(errors(study), errors(other));
}

TEST_F(Worker, doesNotStartWhatWouldNotBeDoneInTime)
{
    const std::filesystem::path path = makeStudy("a.study", 3);
    {
        Study study(path, Study::Access::readWrite);
        study.finish(study.claimNext()->id, ModelState::finished, 20, "", 1000, 1);
    }
    Recording recording({.study = path, .workers = 1, .device = "cpu", .seconds = 100});
    const std::vector<Event>& events = recording.wait();
    const std::vector<DoesNotFit> told = only<DoesNotFit>(events);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].id, models(path)[1].id) << "the next in order, though the last is as cheap";
    EXPECT_GT(told[0].seconds, 100);
    EXPECT_LE(told[0].secondsLeft, 100);
    EXPECT_TRUE(only<ModelStarted>(events).empty());
    EXPECT_EQ(Study(path, Study::Access::readOnly).totals().waiting, 2);
}

TEST_F(Worker, stopsHopelessTrainingsOnlyWhenAskedTo)
{
    const std::filesystem::path path = makeStudy("a.study", 9), other = makeStudy("b.study", 9);
    for (const auto& file : {path, other}) {
        Study study(file, Study::Access::readWrite);
        for (int i = 0; i < 8; ++i) { // perfect from the first epoch on, so that any other is hopeless
            const ModelId id = study.claimNext()->id;
            study.recordEpoch(id, {1, 0.1, 0, 0, 0, 1});
            study.finish(id, ModelState::finished, 0, "", 1, 1);
        }
    }
    Recording recording({.study = path, .workers = 1, .device = "cpu", .stopHopeless = true});
    const std::vector<Event>& events = recording.wait();
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    const Model stopped = models(path)[8];
    EXPECT_EQ(stopped.state, ModelState::stopped);
    EXPECT_EQ(stopped.error, std::nullopt);
    EXPECT_EQ(stopped.errorAtLeast, only<EpochDone>(events).at(0).epoch.validationError);
    EXPECT_EQ(only<EpochDone>(events).size(), 1u);
    EXPECT_EQ(only<ModelDone>(events).at(0).error, std::nullopt);
    EXPECT_NE(stopped.reason.find("after epoch 1 of 2"), std::string::npos) << stopped.reason;
    EXPECT_FALSE(std::filesystem::exists(Study(path, Study::Access::readOnly).checkpointPath(stopped.id)));
    EXPECT_EQ(models(other)[8].state, ModelState::finished);
}

} // namespace
