// A device's memory: who fits beside whom, and what happens when it is full all the same.
#include "gpu/device_room.h"
#include "recording.h"
#include "small_device.h"
#include <gtest/gtest.h>

using namespace spacewright;

namespace {

/// A memory of 1000 bytes.
struct Thousand : DeviceMemory {
    std::int64_t available() const override { return 1000; }
    std::int64_t takePeak() override { return peak; }
    std::int64_t peak = 0;
};

struct Room : testing::Test {
    Thousand* memory = new Thousand; // the room owns it
    DeviceRoom room{std::unique_ptr<DeviceMemory>(memory)};
};

TEST_F(Room, letsInWhatFitsBesideTheOthers)
{
    EXPECT_TRUE(room.enter(0, 300));
    EXPECT_TRUE(room.enter(1, 300));
    EXPECT_FALSE(room.enter(2, 300)) << "by the first guess 600 may be 900";
    room.leave(0);
    EXPECT_TRUE(room.enter(2, 300));
    EXPECT_EQ(room.departures(), 1);
}

TEST_F(Room, letsInAnythingThatIsAlone)
{
    EXPECT_TRUE(room.enter(0, 5000));
    EXPECT_FALSE(room.enter(1, 1));
}

TEST_F(Room, learnsFromWhatWasHeld)
{
    room.enter(0, 100);
    memory->peak = 110;
    room.leave(0);
    for (int worker = 0; worker < 8; ++worker)
        EXPECT_TRUE(room.enter(worker, 100)) << worker << " of 8 that take 880 bytes";
    EXPECT_FALSE(room.enter(8, 100));
}

TEST_F(Room, tellsWhetherTheTrainingMayFitAlone)
{
    room.enter(0, 100);
    EXPECT_FALSE(room.leaveFull(0)) << "it was alone";
    room.enter(0, 100);
    room.enter(1, 100);
    EXPECT_TRUE(room.leaveFull(1));
    EXPECT_TRUE(room.leaveFull(0)) << "it was not, though the other has left by now";
    EXPECT_EQ(room.trainings(), 0);
}

TEST_F(Room, expectsMoreOfSharersThatWereFull)
{
    for (int round = 0; round < 8; ++round) {
        room.enter(0, 100);
        if (!room.enter(1, 100))
            return;
        room.leaveFull(1);
        room.leave(0);
    }
    FAIL() << "these two were let in together again and again";
}

TEST(RoomWithoutLimits, letsEveryoneIn)
{
    DeviceRoom room(nullptr);
    for (int worker = 0; worker < 100; ++worker)
        EXPECT_TRUE(room.enter(worker, 1LL << 50));
}

class SmallMemory : public WorkerTest {
protected:
    SmallDevice device;
};

TEST_F(SmallMemory, splitsABatchUntilItFits)
{
    device.mostImages = 5; // of 16
    const std::filesystem::path study = makeStudy("a.study", 1);
    Recording recording({.study = study, .workers = 1}, device.equipment());
    const std::vector<MemoryWasFull> told = only<MemoryWasFull>(recording.wait());
    ASSERT_EQ(told.size(), 2u);
    EXPECT_EQ(told[0].parts, 2);
    EXPECT_EQ(told[1].parts, 4);
    EXPECT_EQ(told[0].device, "small:0");
    EXPECT_EQ(models(study)[0].state, ModelState::finished) << models(study)[0].reason;
}

TEST_F(SmallMemory, failsANetworkOfWhichNoImageFitsAndTakesTheNext)
{
    device.mostImages = 0;
    const std::filesystem::path study = makeStudy("a.study", 2);
    Recording recording({.study = study, .workers = 1}, device.equipment());
    const std::vector<Event>& events = recording.wait();
    EXPECT_EQ(only<MemoryWasFull>(events).size(), 2u * 4) << "2, 4, 8 and 16 parts";
    EXPECT_EQ(only<WorkerStopped>(events).at(0).problem, "");
    for (const Model& model : models(study)) {
        EXPECT_EQ(model.state, ModelState::failed);
        EXPECT_NE(model.reason.find("memory"), std::string::npos) << model.reason;
    }
}

TEST_F(SmallMemory, waitsForTheOthersOnTheDeviceAndThenTrainsTheWholeBatch)
{
    device.mostNetworks = 1;
    const std::filesystem::path study = makeStudy("a.study", 6), other = makeStudy("b.study", 6);
    Recording recording({.study = study, .workers = 3}, device.equipment());
    for (const MemoryWasFull& told : only<MemoryWasFull>(recording.wait()))
        EXPECT_EQ(told.parts, 0) << "no batch is split that fits by itself";
    SmallDevice large;
    Recording({.study = other, .workers = 1}, large.equipment()).wait();
    EXPECT_EQ(errors(study), errors(other));
}

TEST_F(SmallMemory, trainsNoMoreNetworksAtOnceThanTheForecastHasRoomFor)
{
    device.memory = 1;
    const std::filesystem::path study = makeStudy("a.study", 5);
    Recording recording({.study = study, .workers = 3}, device.equipment());
    EXPECT_TRUE(only<MemoryWasFull>(recording.wait()).empty());
    EXPECT_EQ(device.networksAtOnce(), 1);
    EXPECT_EQ(Study(study, Study::Access::readOnly).totals().finished, 5);
}

TEST_F(SmallMemory, canBeStoppedWhileItWaits)
{
    device.memory = 1;
    const std::filesystem::path study = makeStudy("a.study", 2);
    Recording recording({.study = study, .workers = 2}, device.equipment(),
                        [](Engine& engine) { engine.requestStop(); });
    const std::vector<Event>& events = recording.wait();
    EXPECT_EQ(only<ModelStarted>(events).size(), 1u) << "the other was not even claimed";
    EXPECT_EQ(Study(study, Study::Access::readOnly).totals().waiting, 2);
}

} // namespace
