// The engine and its workers on a small study: everything is trained once, and no interruption changes a result.
#include "core/error.h"
#include "core/study/sqlite.h"
#include "recording.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <set>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace spacewright;

namespace {

using Worker = WorkerTest;

TEST_F(Worker, trainsEveryModelOnceHoweverManyWorkersThereAre)
{
    const std::filesystem::path study = makeStudy("a.study", 5);
    Recording recording({.study = study, .workers = 2, .device = "cpu"});
    EXPECT_EQ(recording.engine().workers(), 2);
    EXPECT_EQ(recording.engine().device(), "cpu");
    const std::vector<Event>& events = recording.wait();

    std::set<ModelId> started, done;
    for (const ModelStarted& event : only<ModelStarted>(events))
        EXPECT_TRUE(started.insert(event.id).second);
    for (const ModelDone& event : only<ModelDone>(events))
        EXPECT_TRUE(done.insert(event.id).second);
    EXPECT_EQ(started.size(), 5u);
    EXPECT_EQ(started, done);
    EXPECT_EQ(only<EpochDone>(events).size(), 5u * 2);
    EXPECT_EQ(only<WorkerStopped>(events).size(), 2u);
    EXPECT_TRUE(std::get<WorkerStopped>(events.back()).last);
    EXPECT_EQ(only<WorkerStopped>(events)[0].problem + only<WorkerStopped>(events)[1].problem, "");
    const Study file(study, Study::Access::readOnly);
    for (const Model& model : file.models()) {
        EXPECT_EQ(model.state, ModelState::finished) << model.reason;
        EXPECT_EQ(file.epochs(model.id).size(), 2u);
        EXPECT_TRUE(std::filesystem::exists(file.checkpointPath(model.id)));
    }
}

TEST_F(Worker, tellsWhatHappensInOrder)
{
    Recording recording({.study = makeStudy("a.study", 1), .workers = 1, .device = "cpu"});
    const std::vector<Event>& events = recording.wait();
    EXPECT_TRUE(std::holds_alternative<ModelStarted>(events.front()));
    int epoch = 0, batch = 0, endedEpochs = 0;
    for (const BatchDone& event : only<BatchDone>(events)) {
        if (event.epoch != epoch) {
            EXPECT_EQ(event.batch, 1); // the first and the last of an epoch are always told
            EXPECT_EQ(event.epoch, ++epoch);
            batch = 0;
        }
        EXPECT_GT(event.batch, batch);
        EXPECT_EQ(event.batches, 16);
        batch = event.batch;
        endedEpochs += event.batch == event.batches;
    }
    EXPECT_EQ(endedEpochs, 2);
    ASSERT_GE(events.size(), 3u);
    EXPECT_TRUE(std::holds_alternative<EpochDone>(events[events.size() - 3]));
    EXPECT_TRUE(std::holds_alternative<ModelDone>(events[events.size() - 2]));
    EXPECT_TRUE(std::holds_alternative<WorkerStopped>(events.back()));
}

TEST_F(Worker, twoWorkersTakeTheLongestOfTheLastModelsFirst)
{
    const std::filesystem::path path = makeStudyWithALongestModel("a.study");
    Recording recording({.study = path, .workers = 2, .device = "cpu"});
    const std::vector<ModelStarted> started = only<ModelStarted>(recording.wait());
    ASSERT_EQ(started.size(), 3u);
    EXPECT_TRUE(started[0].sampleIndex == 3 || started[1].sampleIndex == 3) << "the two first are told in either order";
}

/// A CPU for which there is no memory as often as that.
Equipment withoutMemory(int times)
{
    return {.devices = {"cpu"},
            .makeModule =
                [left = std::make_shared<int>(times)](const auto& layers, const auto& state, const Device& device) {
                    if ((*left)-- > 0)
                        throw std::bad_alloc();
                    return makeModule(layers, state, device);
                },
            .retryInterval = std::chrono::milliseconds(5)};
}

TEST_F(Worker, waitsForMemoryThatIsNotThereForAWhile)
{
    const std::filesystem::path study = makeStudy("a.study", 2), other = makeStudy("b.study", 2);
    Recording recording({.study = study, .workers = 1}, withoutMemory(3));
    EXPECT_EQ(only<MemoryWasFull>(recording.wait()).size(), 3U);
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    EXPECT_EQ(errors(study), errors(other));
}

TEST_F(Worker, aModelThatMemoryIsTooSmallForFailsAndGoesOnFromItsCheckpointWhenItIsRetried)
{
    const std::filesystem::path study = makeStudy("a.study", 1), other = makeStudy("b.study", 1);
    std::promise<Engine*> started;
    std::promise<void> ended;
    const auto known = started.get_future().share();
    const auto engine = startEngine({.study = study, .workers = 1, .device = "cpu"}, [&](const Event& event) {
        if (std::holds_alternative<EpochDone>(event))
            known.get()->requestStop();
        if (std::holds_alternative<WorkerStopped>(event))
            ended.set_value();
    });
    started.set_value(engine.get());
    ended.get_future().wait();
    Recording({.study = study, .workers = 1}, withoutMemory(1000)).wait();
    EXPECT_EQ(models(study)[0].state, ModelState::failed);
    EXPECT_NE(models(study)[0].reason.find("memory"), std::string::npos);
    Study(study, Study::Access::readWrite).retry(ModelId{1});
    Recording recording({.study = study, .workers = 1, .device = "cpu"});
    EXPECT_EQ(only<EpochDone>(recording.wait()).size(), 1U) << "the first is not trained again";
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    EXPECT_EQ(errors(study), errors(other));
    EXPECT_EQ(Study(study, Study::Access::readOnly).epochs(ModelId{1}).size(), 2U);
}

TEST_F(Worker, losesNothingWhenItsProcessIsKilled)
{
    const std::filesystem::path study = makeStudy("a.study", 3, 6), other = makeStudy("b.study", 3, 6);
    int output[2];
    ASSERT_EQ(pipe(output), 0);
    const pid_t child = fork();
    if (child == 0) {
        dup2(output[1], STDOUT_FILENO);
        execl(TRAIN_STUDY, TRAIN_STUDY, study.c_str(), nullptr);
        _exit(127);
    }
    close(output[1]);
    std::string lines;
    char next = 0;
    while (std::count(lines.begin(), lines.end(), '\n') < 9 && read(output[0], &next, 1) == 1)
        lines += next; // nine epochs: the second model is in its middle
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(output[0]);
    ASSERT_EQ(std::count(lines.begin(), lines.end(), '\n'), 9);
    EXPECT_EQ(models(study)[0].state, ModelState::finished);

    Recording again({.study = study, .workers = 1, .device = "cpu"});
    const std::vector<EpochDone> epochs = only<EpochDone>(again.wait());
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    EXPECT_LE(epochs.size(), 3u * 6 - 8); // at most the epoch that was being recorded is trained again
    EXPECT_EQ(errors(study), errors(other));
    EXPECT_EQ(Study(study, Study::Access::readOnly).totals().finished, 3);
}

/// As a process elsewhere does when this one gave no sign of life for the term of its lease.
void takeOver(const std::filesystem::path& study, ModelId id)
{
    Database database(study, Database::Access::readWrite);
    Statement(database, "UPDATE model SET owner = 'elsewhere/1/1', claims = claims + 1 WHERE id = ?")
        .bind(static_cast<std::int64_t>(id))
        .run();
}

TEST_F(Worker, goesOnWithAnotherModelWhenItsOwnWasTakenOverAndItsLateResultIsRefused)
{
    constexpr int epochs = 2;
    for (const int epoch : {1, epochs}) { // what comes next is the second epoch, or the result
        const std::filesystem::path study = makeStudy(std::to_string(epoch) + ".study", 2, epochs);
        const ModelId lost = models(study)[0].id;
        std::vector<Event> events;
        std::promise<void> ended;
        const auto engine = startEngine({.study = study, .workers = 1, .device = "cpu"}, [&](const Event& event) {
            events.push_back(event);
            if (const auto* done = std::get_if<EpochDone>(&event); done && done->id == lost)
                if (done->epoch.number == epoch)
                    takeOver(study, lost);
            if (std::holds_alternative<WorkerStopped>(event))
                ended.set_value();
        });
        ended.get_future().wait();
        const std::vector<ModelDone> done = only<ModelDone>(events);
        ASSERT_EQ(done.size(), 2u);
        EXPECT_EQ(done[0].state, ModelState::waiting);
        EXPECT_EQ(done[0].reason, std::string("Model 1 cannot be given ") + (epoch < epochs ? "an epoch" : "a result") +
                                      ": it is running, trained by the process elsewhere/1/1. It was left as it is.");
        EXPECT_EQ(done[1].state, ModelState::finished);
        EXPECT_EQ(only<WorkerStopped>(events)[0].problem, "");
        const Study file(study, Study::Access::readOnly);
        EXPECT_EQ(file.model(lost).state, ModelState::running) << "the other one goes on";
        EXPECT_FALSE(file.model(lost).error);
        EXPECT_EQ(file.epochs(lost).size(), static_cast<std::size_t>(epoch));
        EXPECT_EQ(file.totals().finished, 1);
    }
}

TEST_F(Worker, endsWithASentenceWhenTheDataSetIsMissing)
{
    const std::filesystem::path study = makeStudy("a.study", 1, 2, folder / "nowhere");
    Recording recording({.study = study, .workers = 2, .device = "cpu"});
    const std::vector<WorkerStopped> ends = only<WorkerStopped>(recording.wait());
    ASSERT_EQ(ends.size(), 2u);
    EXPECT_NE(ends[0].problem.find("nowhere"), std::string::npos) << ends[0].problem;
    EXPECT_EQ(Study(study, Study::Access::readOnly).totals().waiting, 1);
}

TEST_F(Worker, endsWithASentenceWhenTheStudyIsMissing)
{
    Recording recording({.study = folder / "none.study", .workers = 1, .device = "cpu"});
    EXPECT_NE(only<WorkerStopped>(recording.wait()).at(0).problem.find("none.study"), std::string::npos);
}

TEST_F(Worker, takesTheNextModelWhenOneCannotBeTrained)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "sanitizers end the program where memory runs out";
#endif
    const std::filesystem::path path = makeStudy("a.study", 1);
    {
        Study study(path, Study::Access::readWrite);
        Sample huge = synthetic::sample(1); // weights of 10 TB
        huge.network.stages[1] = {.depth = 1, .width = 8192, .bottleneckRatio = 1.0 / 64, .groupWidth = 8192 * 64};
        study.addModels(study.spaces()[0].id, {huge, synthetic::sample(2)}, 3);
    }
    Recording recording({.study = path, .workers = 1, .device = "cpu"});
    EXPECT_EQ(only<WorkerStopped>(recording.wait()).at(0).problem, "");
    const std::vector<Model> all = models(path);
    EXPECT_EQ(all[0].state, ModelState::finished);
    EXPECT_EQ(all[1].state, ModelState::failed);
    EXPECT_NE(all[1].reason.find("memory"), std::string::npos) << all[1].reason;
    EXPECT_EQ(all[2].state, ModelState::finished);
}

TEST(Engine, refusesADeviceThatIsNotThere)
{
    EXPECT_THROW(training().start({.study = "any", .device = "cuda:99"}, [](const Event&) {}), Error);
}

TEST(Engine, knowsItsDevicesAndItsLibTorch)
{
    EXPECT_EQ(training().devices().at(0).name, "cpu");
    EXPECT_EQ(training().versions().rfind("LibTorch ", 0), 0u);
}

} // namespace
