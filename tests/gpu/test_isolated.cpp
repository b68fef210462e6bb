// Workers in helper processes: what they bring, and what is left of a study when they are killed.
#include "core/study/owner.h"
#include "core/study/sqlite.h"
#include "gpu/isolated/supervisor.h"
#include "recording.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace spacewright;

namespace {

class Isolated : public WorkerTest {
protected:
    /// Under a sanitizer a helper would end with an exit code where a signal is what the tests are about.
    void SetUp() override
    {
        setenv("ASAN_OPTIONS", "handle_segv=0", 1);
        setenv("TSAN_OPTIONS", "handle_segv=0", 1);
    }
    static EngineOptions options(const std::filesystem::path& study, int workers = 1)
    {
        return {.study = study, .workers = workers, .device = "cpu", .isolated = true};
    }
    /// The process that trains the model, as the study names it; empty where nobody does.
    static std::string owner(const std::filesystem::path& study, ModelId id)
    {
        Database database(study, Database::Access::readOnly);
        Statement row(database, "SELECT coalesce(owner, '') FROM model WHERE id = ?");
        return row.bind(static_cast<std::int64_t>(id)).step() ? row.text(0) : "";
    }
    static pid_t processOf(const std::string& owner)
    {
        return owner.empty() ? 0 : std::stoi(owner.substr(owner.find('/') + 1));
    }
    static void end(const std::filesystem::path& study, ModelId id, int signal)
    {
        if (const pid_t process = processOf(owner(study, id)); process > 0 && process != getpid())
            kill(process, signal);
    }
    /// Stops the process that trains the model, at a moment at which it holds no lock that others would wait for.
    static void hold(const std::filesystem::path& study, ModelId id)
    {
        const pid_t process = processOf(owner(study, id));
        Database database(study, Database::Access::readWrite);
        database.execute("PRAGMA busy_timeout = 0");
        for (bool free = false; !free;) {
            kill(process, SIGSTOP);
            siginfo_t stopped{};
            waitid(P_PID, static_cast<id_t>(process), &stopped, WSTOPPED | WNOWAIT);
            try {
                database.execute("BEGIN IMMEDIATE; ROLLBACK");
                free = true;
            } catch (const StorageError&) {
                kill(process, SIGCONT);
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        }
    }
    using Curve = std::vector<std::array<double, 4>>;
    static std::vector<Curve> curves(const std::filesystem::path& path)
    {
        const Study study(path, Study::Access::readOnly);
        std::vector<Curve> all;
        for (const Model& model : study.models()) {
            Curve& curve = all.emplace_back();
            for (const Epoch& e : study.epochs(model.id))
                curve.push_back({double(e.number), e.rate, e.trainingLoss, e.validationError});
        }
        return all;
    }
};

TEST_F(Isolated, saysAndRecordsWhatThreadsDo)
{
    const std::filesystem::path study = makeStudy("a.study", 3), other = makeStudy("b.study", 3);
    Recording isolated(options(study)), threads({.study = other, .workers = 1, .device = "cpu"});
    const std::vector<Event>&said = isolated.wait(), &expected = threads.wait();
    EXPECT_EQ(isolated.engine().device(), "cpu");
    EXPECT_EQ(only<ModelStarted>(said).size(), 3u);
    const auto epochs = only<EpochDone>(said), expectedEpochs = only<EpochDone>(expected);
    ASSERT_EQ(epochs.size(), expectedEpochs.size());
    for (std::size_t i = 0; i < epochs.size(); ++i) {
        EXPECT_EQ(epochs[i].id, expectedEpochs[i].id);
        EXPECT_EQ(epochs[i].epoch.number, expectedEpochs[i].epoch.number);
        EXPECT_EQ(epochs[i].epoch.trainingLoss, expectedEpochs[i].epoch.trainingLoss);
    }
    EXPECT_FALSE(only<BatchDone>(said).empty());
    EXPECT_TRUE(only<WorkerStopped>(said).back().last);
    EXPECT_EQ(errors(study), errors(other));
    EXPECT_EQ(curves(study), curves(other));
}

TEST_F(Isolated, killedHelpersLoseNothing)
{
    constexpr int epochs = 60;
    const std::filesystem::path study = makeStudy("a.study", 4, epochs), other = makeStudy("b.study", 4, epochs);
    std::set<ModelId> killed;
    std::vector<HelperEnded> ended;
    std::map<ModelId, int> done;
    std::promise<void> last;
    const auto engine = startEngine(options(study, 2), [&](const Event& event) {
        if (const auto* epoch = std::get_if<EpochDone>(&event); epoch && epoch->epoch.number % 8 == 5) {
            if (killed.insert(epoch->id).second)
                end(study, epoch->id, killed.size() == 1 ? SIGKILL : SIGSEGV);
        }
        if (const auto* one = std::get_if<HelperEnded>(&event))
            ended.push_back(*one);
        if (const auto* model = std::get_if<ModelDone>(&event))
            done[model->id] += model->state == ModelState::finished;
        if (const auto* stopped = std::get_if<WorkerStopped>(&event); stopped && stopped->last)
            last.set_value();
    });
    last.get_future().wait();
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    EXPECT_EQ(errors(study), errors(other));
    EXPECT_EQ(curves(study), curves(other)); // each epoch once
    for (const Model& model : models(study))
        EXPECT_EQ(done[model.id], 1);
    ASSERT_FALSE(ended.empty());
    const auto says = [&](const char* text) {
        return std::ranges::any_of(ended, [&](const auto& e) { return e.sentence.find(text) != std::string::npos; });
    };
    EXPECT_TRUE(
        says("was killed (signal 9, SIGKILL; the system does that where memory runs out) while it trained model"))
        << ended[0].sentence;
}

TEST_F(Isolated, aModelThatCrashesThreeTimesHasFailedAndCanBeTriedAgain)
{
    constexpr int epochs = 100;
    const std::filesystem::path study = makeStudy("a.study", 3, epochs), other = makeStudy("b.study", 3, epochs);
    const ModelId bad = models(study)[1].id;
    std::vector<HelperEnded> ended;
    std::promise<void> last;
    const auto engine = startEngine(options(study), [&](const Event& event) {
        if (const auto* batch = std::get_if<BatchDone>(&event); batch && batch->id == bad)
            end(study, bad, SIGSEGV);
        if (const auto* one = std::get_if<HelperEnded>(&event))
            ended.push_back(*one);
        if (const auto* stopped = std::get_if<WorkerStopped>(&event); stopped && stopped->last)
            last.set_value();
    });
    last.get_future().wait();
    ASSERT_EQ(ended.size(), 3u);
    for (const HelperEnded& one : ended)
        EXPECT_EQ(one.id, bad);
    EXPECT_NE(ended[0].sentence.find("was ended by signal 11 (SIGSEGV) while it trained model 2"), std::string::npos)
        << ended[0].sentence;
    const std::vector<Model> all = models(study);
    EXPECT_EQ(all[0].state, ModelState::finished);
    EXPECT_EQ(all[1].state, ModelState::failed);
    EXPECT_NE(all[1].reason.find("SIGSEGV"), std::string::npos) << all[1].reason;
    EXPECT_EQ(all[2].state, ModelState::finished);

    Study(study, Study::Access::readWrite).retry(bad);
    Recording(options(study)).wait();
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    EXPECT_EQ(curves(study), curves(other));
}

TEST_F(Isolated, aHelperThatHangsIsKilledAndOneThatIsPausedIsNot)
{
    constexpr int epochs = 60;
    const std::filesystem::path study = makeStudy("a.study", 2, epochs), other = makeStudy("b.study", 2, epochs);
    const ModelId hanging = models(study)[0].id;
    bool hangs = false;
    std::vector<HelperEnded> ended;
    std::promise<Engine*> started;
    const std::shared_future<Engine*> engine = started.get_future().share();
    std::promise<void> last;
    const auto onEvent = [&](const Event& event) {
        if (const auto* epoch = std::get_if<EpochDone>(&event); epoch && epoch->id == hanging && !hangs) {
            hangs = true;
            end(study, hanging, SIGSTOP);
            engine.get()->pause();
        }
        if (const auto* one = std::get_if<HelperEnded>(&event)) {
            ended.push_back(*one);
            engine.get()->resume();
        }
        if (const auto* stopped = std::get_if<WorkerStopped>(&event); stopped && stopped->last)
            last.set_value();
    };
    Supervisor supervisor(options(study, 2), onEvent, std::chrono::seconds(8));
    started.set_value(&supervisor);
    last.get_future().wait();
    ASSERT_EQ(ended.size(), 1u);
    EXPECT_EQ(ended[0].sentence,
              "The helper process gave no sign of life for 8 seconds and was killed while it trained model 1, which "
              "goes on from its checkpoint. Another one starts in 1 s.");
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    EXPECT_EQ(curves(study), curves(other));
}

TEST_F(Isolated, stopsWithACheckpointAndGoesOnWithTheSameResult)
{
    const std::filesystem::path study = makeStudy("a.study", 2, 40), other = makeStudy("b.study", 2, 40);
    Recording stopped(options(study), [](Engine& engine) {
        engine.pause();
        engine.setShare(0.9);
        engine.requestStop();
    });
    const std::vector<Event>& events = stopped.wait();
    EXPECT_EQ(only<ModelDone>(events).back().state, ModelState::waiting);
    EXPECT_EQ(only<WorkerStopped>(events).at(0).problem, "");
    EXPECT_TRUE(only<HelperEnded>(events).empty());
    EXPECT_EQ(Study(study, Study::Access::readOnly).totals().waiting, 2);
    Recording(options(study)).wait();
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    EXPECT_EQ(curves(study), curves(other));
}

TEST_F(Isolated, bringsNoMoreResultsThanWantedByAnyNumberOfWorkers)
{
    const std::filesystem::path study = makeStudy("a.study", 6);
    EngineOptions limited = options(study, 2);
    limited.models = 3;
    Recording some(limited);
    some.wait();
    EXPECT_EQ(Study(study, Study::Access::readOnly).totals().finished, 3);
    Recording rest(options(study), [](Engine& engine) { engine.setWorkers(3); });
    std::set<int> workers;
    for (const WorkerStopped& end : only<WorkerStopped>(rest.wait()))
        workers.insert(end.worker);
    EXPECT_EQ(workers, (std::set{0, 1, 2}));
    EXPECT_EQ(Study(study, Study::Access::readOnly).totals().finished, 6);
}

TEST_F(Isolated, twoHelpersTakeTheLongestOfTheLastModelsFirst)
{
    const std::filesystem::path path = makeStudyWithALongestModel("a.study");
    const std::vector<ModelStarted> started = only<ModelStarted>(Recording(options(path, 2)).wait());
    ASSERT_EQ(started.size(), 3u);
    EXPECT_EQ(started[0].sampleIndex, 3) << "the second helper begins only when the first one has";
}

TEST_F(Isolated, aHelperThatIsJoinedByAnotherIsToldSo)
{
    const std::filesystem::path path = makeStudy("a.study", 1, 20);
    const auto ofDepth = [](int index, int depth) {
        Sample sample = synthetic::sample(index);
        sample.network.stages[0].depth = depth;
        sample.complexity = complexity(sample.network);
        return sample;
    };
    {
        Study study(path, Study::Access::readWrite);
        study.addModels(study.spaces()[0].id,
                        {ofDepth(1, 9), ofDepth(2, 1), ofDepth(3, 1), ofDepth(4, 3), ofDepth(5, 6)}, 6);
        for (const double seconds : {1.0, 1000.0}) // so that what the deep ones cost is beyond doubt
            study.finish(study.claimNext()->id, ModelState::finished, 20, "", seconds, 1);
    }
    const ModelId held = models(path)[2].id;
    std::vector<std::int64_t> started;
    std::promise<Engine*> begun;
    const std::shared_future<Engine*> engine = begun.get_future().share();
    std::promise<void> last;
    Supervisor supervisor(
        options(path),
        [&](const Event& event) {
            if (const auto* one = std::get_if<ModelStarted>(&event)) {
                started.push_back(one->sampleIndex);
                if (started.size() > 1)
                    return end(path, held, SIGCONT);
                hold(path, held);
                engine.get()->setWorkers(2);
            }
            if (const auto* stopped = std::get_if<WorkerStopped>(&event); stopped && stopped->last)
                last.set_value();
        },
        LeaseWatch::term);
    begun.set_value(&supervisor);
    last.get_future().wait();
    ASSERT_EQ(started.size(), 4u);
    EXPECT_EQ(started[0], 2) << "alone it trains in the order in which models were drawn";
    EXPECT_EQ(started[1], 5) << "the other helper, while the first one is held";
    EXPECT_EQ(started[2], 4);
}

TEST_F(Isolated, problemsAreSentences)
{
    Recording recording(options(folder / "none.study"));
    EXPECT_NE(only<WorkerStopped>(recording.wait()).at(0).problem.find("none.study"), std::string::npos);
    EngineOptions elsewhere = options(makeStudy("a.study", 1));
    elsewhere.device = "cuda:99";
    EXPECT_THROW(startEngine(elsewhere, [](const Event&) {}), Error);
}

TEST_F(Isolated, helpersEndCleanlyWhenTheirProgramIsKilled)
{
    const std::filesystem::path study = makeStudy("a.study", 1, 100000);
    std::array<int, 2> output{};
    ASSERT_EQ(pipe(output.data()), 0);
    const pid_t child = fork();
    if (child == 0) {
        dup2(output[1], STDOUT_FILENO);
        close(output[0]);
        close(output[1]);
        execl(TRAIN_STUDY, TRAIN_STUDY, study.c_str(), "isolated", nullptr);
        _exit(127);
    }
    close(output[1]);
    char first = 0;
    ASSERT_EQ(read(output[0], &first, 1), 1); // of a line that an epoch is done
    close(output[0]);
    const std::string helper = owner(study, models(study)[0].id);
    ASSERT_NE(processOf(helper), child);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    while (!isAbandoned(helper)) // for ever, if it trained on
        usleep(10'000);
    EXPECT_EQ(models(study)[0].state, ModelState::waiting); // given back, and not left running
}

} // namespace
