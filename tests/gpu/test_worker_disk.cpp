// Workers whose disk is full, or gone for a while: they wait, go on by themselves, and nothing is trained otherwise.
#include "core/error.h"
#include "recording.h"
#include "tests/core/small_disk.h"
#include "tests/core/study_fixture.h"
#include <thread>

using namespace spacewright;

namespace {

/// Studies on a disk that can be pulled out, which here is a folder with another name.
class WorkerDisk : public WorkerTest {
protected:
    WorkerDisk() { std::filesystem::create_directory(disk); }
    void pullOut() const { std::filesystem::rename(disk, gone); }
    void putBack() const { std::filesystem::rename(gone, disk); }

    const std::filesystem::path disk = folder / "disk", gone = folder / "gone";
};

Equipment impatient()
{
    return {.devices = {"cpu"}, .diskInterval = std::chrono::milliseconds(20)};
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

TEST_F(WorkerDisk, aDiskThatIsPulledOutIsWaitedForAndNothingIsTrainedTwice)
{
    const std::filesystem::path study = makeStudy("disk/a.study", 2), other = makeStudy("b.study", 2);
    int batches = 0;
    std::jthread person;
    const std::vector<Event> events = eventsOf(study, [&](const Event& event, Engine&) {
        if (std::holds_alternative<BatchDone>(event) && ++batches == 3)
            pullOut();
        if (const auto* waits = std::get_if<WaitsForDisk>(&event)) {
            EXPECT_NE(waits->sentence.find("is not there any more"), std::string::npos) << waits->sentence;
            EXPECT_EQ(waits->id, ModelId{1});
            person = std::jthread([this] {
                std::this_thread::sleep_for(10 * impatient().diskInterval); // of no weight: it may try or not meanwhile
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

/// Leaves no block free.
void fill(const std::filesystem::path& file)
{
    std::ofstream stream(file, std::ios::binary);
    const std::string block(4096, 'x');
    while (stream.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
}

TEST_F(WorkerDisk, aFullDiskIsWaitedForUntilThereIsRoomAndChangesNoResult)
{
    const std::filesystem::path other = makeStudy("b.study", 2);
    ChildProcess child([&](const auto& say) {
        enterSmallDisk(disk, "size=2m");
        const std::filesystem::path study = makeStudy("disk/a.study", 2);
        int batches = 0;
        const std::vector<Event> events = eventsOf(study, [&](const Event& event, Engine&) {
            if (std::holds_alternative<BatchDone>(event) && ++batches == 3)
                fill(disk / "others");
            if (const auto* waits = std::get_if<WaitsForDisk>(&event)) {
                say(waits->sentence);
                std::filesystem::remove(disk / "others");
            }
        });
        say(std::to_string(count<WaitsForDisk>(events)) + " waits, " + std::to_string(count<EpochDone>(events)) +
            " epochs");
        for (const std::optional<double>& error : errors(study))
            say(std::to_string(error.value()));
    });
    const std::string first = child.answer();
    if (first == "skip")
        GTEST_SKIP() << "no file system can be mounted here";
    EXPECT_TRUE(first.find("The disk is full") == 0 || first.find("No space left") != std::string::npos) << first;
    EXPECT_EQ(child.answer(), "1 waits, 4 epochs");
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    for (const std::optional<double>& error : errors(other))
        EXPECT_EQ(child.answer(), std::to_string(error.value()));
}

TEST_F(WorkerDisk, aStudyThatWasReplacedByAnotherFileEndsTheWorker)
{
    const std::filesystem::path study = makeStudy("a.study", 1);
    int batches = 0;
    const std::vector<Event> events = eventsOf(study, [&](const Event& event, Engine&) {
        if (std::holds_alternative<BatchDone>(event) && ++batches == 3) {
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
