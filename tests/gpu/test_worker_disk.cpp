// Workers whose disk is full, or gone for a while: they wait, go on by themselves, and nothing is trained otherwise.
#include "core/error.h"
#include "recording.h"
#include "tests/core/small_disk.h"
#include "tests/core/study_fixture.h"
#include <grp.h>
#include <thread>
#include <unistd.h>

using namespace spacewright;

namespace {

/// Studies on a disk that can be pulled out, which here is a folder with another name.
class WorkerDisk : public WorkerTest {
protected:
    WorkerDisk() { std::filesystem::create_directory(disk); }
    void pullOut() const { std::filesystem::rename(disk, gone); }
    void putBack() const { std::filesystem::rename(gone, disk); }

    /// In a process that prepares itself first, two models are trained on the disk, which is hurt in the middle of the
    /// first and healed once the worker waits. The sentence with which it waits, or "skip" where `prepare` throws that.
    std::string trainInAChild(const std::function<void()>& prepare, const std::function<void()>& hurt,
                              const std::function<void()>& heal);

    const std::filesystem::path disk = folder / "disk", gone = folder / "gone";
};

Equipment impatient()
{
    return {.devices = {"cpu"}, .retryInterval = std::chrono::milliseconds(20)};
}

/// Once in a study: the first epoch of the first model is kept, its second has begun. Each epoch's first batch is told
/// of, however fast the others go by.
bool isInTheMiddle(const Event& event)
{
    const auto* batch = std::get_if<BatchDone>(&event);
    return batch && batch->id == ModelId{1} && batch->epoch == 2 && batch->batch == 1;
}

/// Leaves no block free.
void fill(const std::filesystem::path& file)
{
    std::ofstream stream(file, std::ios::binary);
    const std::string block(4096, 'x');
    while (stream.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
}

/// Trains, and calls `at` with each event.
std::vector<Event> eventsOf(const std::filesystem::path& study, const std::function<void(const Event&, Engine&)>& at)
{
    std::vector<Event> events;
    std::promise<Engine*> started;
    std::promise<void> ended;
    std::shared_future<Engine*> known = started.get_future().share();
    const auto engine = startWorkers({.study = study, .workers = 1}, impatient(), [&](const Event& event) {
        at(event, *known.get());
        events.push_back(event);
        if (std::holds_alternative<WorkerStopped>(event))
            ended.set_value();
    });
    started.set_value(engine.get());
    ended.get_future().wait();
    return events;
}

template <class E>
std::size_t count(const std::vector<Event>& events)
{
    return only<E>(events).size();
}

std::string WorkerDisk::trainInAChild(const std::function<void()>& prepare, const std::function<void()>& hurt,
                                      const std::function<void()>& heal)
{
    const std::filesystem::path other = makeStudy("b.study", 2);
    ChildProcess child([&](const auto& say) {
        prepare();
        const std::filesystem::path study = makeStudy("disk/a.study", 2);
        const std::vector<Event> events = eventsOf(study, [&](const Event& event, Engine&) {
            if (isInTheMiddle(event))
                hurt();
            if (const auto* waits = std::get_if<WaitsForDisk>(&event)) {
                say(waits->sentence);
                heal();
            }
        });
        say(std::to_string(count<WaitsForDisk>(events)) + " waits, " + std::to_string(count<EpochDone>(events)) +
            " epochs");
        for (const std::optional<double>& error : errors(study))
            say(std::to_string(error.value()));
    });
    std::string sentence = child.answer();
    if (sentence == "skip")
        return sentence;
    EXPECT_EQ(child.answer(), "1 waits, 4 epochs");
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    for (const std::optional<double>& error : errors(other))
        EXPECT_EQ(child.answer(), std::to_string(error.value()));
    return sentence;
}

TEST_F(WorkerDisk, aDiskThatIsPulledOutIsWaitedForAndNothingIsTrainedTwice)
{
    const std::filesystem::path study = makeStudy("disk/a.study", 2), other = makeStudy("b.study", 2);
    std::jthread person;
    const std::vector<Event> events = eventsOf(study, [&](const Event& event, Engine&) {
        if (isInTheMiddle(event))
            pullOut();
        if (const auto* waits = std::get_if<WaitsForDisk>(&event)) {
            EXPECT_NE(waits->sentence.find("is not there any more"), std::string::npos) << waits->sentence;
            EXPECT_EQ(waits->id, ModelId{1});
            person = std::jthread([this] {
                std::this_thread::sleep_for(10 *
                                            impatient().retryInterval); // of no weight: it may try or not meanwhile
                putBack();
            });
        }
    });
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    EXPECT_EQ(count<WaitsForDisk>(events), 1u);
    EXPECT_EQ(count<GoesOn>(events), 1u);
    EXPECT_EQ(count<ModelStarted>(events), 2u);
    EXPECT_EQ(count<EpochDone>(events), 2u * 2);
    EXPECT_EQ(only<WorkerStopped>(events)[0].problem, "");
    EXPECT_EQ(errors(study), errors(other));
}

TEST_F(WorkerDisk, stoppedWhileItWaitsItSaysWhyAndTheModelIsFreeWhenTheDiskIsBack)
{
    const std::filesystem::path study = makeStudy("disk/a.study", 2), other = makeStudy("b.study", 2);
    const std::vector<Event> events = eventsOf(study, [&](const Event& event, Engine& engine) {
        if (std::holds_alternative<EpochDone>(event))
            pullOut();
        if (std::holds_alternative<WaitsForDisk>(event))
            engine.requestStop();
    });
    EXPECT_NE(only<WorkerStopped>(events)[0].problem.find("is not there any more"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(disk)) << "nothing is written where the disk was";
    putBack();
    EXPECT_EQ(only<WorkerStopped>(eventsOf(study, [](const Event&, Engine&) {}))[0].problem, "");
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    EXPECT_EQ(errors(study), errors(other));
}

TEST_F(WorkerDisk, pausedItDoesNotTryUntilItIsToGoOn)
{
    const std::filesystem::path study = makeStudy("disk/a.study", 1);
    std::atomic<bool> resumed = false;
    std::jthread later;
    const std::vector<Event> events = eventsOf(study, [&](const Event& event, Engine& engine) {
        if (std::holds_alternative<EpochDone>(event) && !resumed)
            pullOut();
        if (std::holds_alternative<WaitsForDisk>(event)) {
            engine.pause();
            putBack();
            later = std::jthread([&] {
                resumed = true;
                engine.resume();
            });
        }
        if (std::holds_alternative<GoesOn>(event)) {
            EXPECT_TRUE(resumed);
        }
    });
    EXPECT_EQ(models(study)[0].state, ModelState::finished);
}

TEST_F(WorkerDisk, aFullDiskIsWaitedForUntilThereIsRoomAndChangesNoResult)
{
    const std::string sentence =
        trainInAChild([this] { enterSmallDisk(disk, "size=2m"); }, [this] { fill(disk / "others"); },
                      [this] { std::filesystem::remove(disk / "others"); });
    if (sentence == "skip")
        GTEST_SKIP() << "no file system can be mounted here";
    EXPECT_TRUE(sentence.find("The disk is full") == 0 || sentence.find("No space left") != std::string::npos)
        << sentence;
}

/// As somebody who is not root, whom permissions stop.
TEST_F(WorkerDisk, permissionsThatAreTakenAreWaitedForUntilTheyAreBackAndChangeNoResult)
{
    using std::filesystem::perms;
    const auto allow = [this](perms all, perms ofWeights) {
        std::filesystem::permissions(disk / "a.study.weights", ofWeights);
        std::filesystem::permissions(disk, all);
    };
    const auto becomeNobody = [this] {
        constexpr uid_t nobody = 65534;
        if (geteuid() != 0)
            return;
        std::filesystem::permissions(folder.path(), perms::others_exec | perms::others_read,
                                     std::filesystem::perm_options::add);
        if (chown(disk.c_str(), nobody, nobody) != 0 || setgroups(0, nullptr) != 0 || setgid(nobody) != 0 ||
            setuid(nobody) != 0)
            throw Error("skip");
    };
    const std::string sentence = trainInAChild(
        becomeNobody, [&] { allow(perms::owner_exec | perms::owner_read, perms::owner_exec); },
        [&] { allow(perms::owner_all, perms::owner_all); });
    if (sentence == "skip")
        GTEST_SKIP() << "nobody else may train here";
    EXPECT_NE(sentence.find("ermission"), std::string::npos) << sentence;
}

TEST_F(WorkerDisk, aStudyThatWasReplacedByAnotherFileEndsTheWorker)
{
    const std::filesystem::path study = makeStudy("a.study", 1);
    const std::vector<Event> events = eventsOf(study, [&](const Event& event, Engine&) {
        if (isInTheMiddle(event)) {
            std::filesystem::rename(study, folder / "moved");
            std::ofstream(study) << "no study, but some other text that somebody put there";
            for (const char* part : {"-wal", "-shm"})
                std::filesystem::remove(study.string() + part);
        }
    });
    EXPECT_NE(only<WorkerStopped>(events)[0].problem.find("is no study"), std::string::npos)
        << only<WorkerStopped>(events)[0].problem;
}

} // namespace
