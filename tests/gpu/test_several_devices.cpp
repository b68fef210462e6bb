// Which devices are meant, and workers on several of them.
#include "core/error.h"
#include "gpu/device.h"
#include "recording.h"
#include <gtest/gtest.h>
#include <set>

using namespace spacewright;

namespace {

using Names = std::vector<std::string>;

const std::vector<DeviceInfo> one{{"cpu", ""}}, three{{"cpu", ""}, {"cuda:0", ""}, {"cuda:1", ""}};

TEST(Devices, autoMeansAllGpusOrElseTheCpu)
{
    EXPECT_EQ(chosenDevices("auto", one), Names{"cpu"});
    EXPECT_EQ(chosenDevices("auto", three), (Names{"cuda:0", "cuda:1"}));
}

TEST(Devices, areChosenByName)
{
    EXPECT_EQ(chosenDevices("cpu", three), Names{"cpu"});
    EXPECT_EQ(chosenDevices("cuda", three), (Names{"cuda:0", "cuda:1"}));
    EXPECT_EQ(chosenDevices("cuda:1", three), Names{"cuda:1"});
}

TEST(Devices, thatAreNotThereAreRefusedWithThoseThatAre)
{
    for (const char* wanted : {"cuda:2", "cud", ""})
        EXPECT_THROW(chosenDevices(wanted, three), Error) << wanted;
    try {
        chosenDevices("cuda", one);
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("offer: cpu."), std::string::npos) << error.what();
    }
}

/// Makes modules on the host, the first on each device only when there is one for every device.
class Meeting {
public:
    explicit Meeting(std::size_t devices) : m_devices(devices) {}

    Equipment equipment(Names devices)
    {
        return {
            .devices = std::move(devices),
            .makeModule =
                [this](const std::vector<Layer>& layers, const std::vector<NamedArray>& state, const Device& device) {
                    std::unique_lock lock(m_mutex);
                    m_met.insert(device.name);
                    m_changed.notify_all();
                    m_changed.wait(lock, [this] { return m_met.size() >= m_devices; });
                    return makeModule(layers, state, {});
                },
            .openMemory = [](const std::string&) { return nullptr; }};
    }

private:
    const std::size_t m_devices;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::set<std::string> m_met;
};

using SeveralDevices = WorkerTest;

TEST_F(SeveralDevices, haveWorkersOfTheirOwnAndGiveTheSameResults)
{
    const std::filesystem::path study = makeStudy("a.study", 6), other = makeStudy("b.study", 6);
    Meeting meeting(2); // else the test does not end
    Recording recording({.study = study, .workers = 2}, meeting.equipment({"one", "two"}));
    EXPECT_EQ(recording.engine().device(), "one, two");
    EXPECT_EQ(only<ModelDone>(recording.wait()).size(), 6u);
    Recording({.study = other, .workers = 1, .device = "cpu"}).wait();
    EXPECT_EQ(errors(study), errors(other));
}

TEST_F(SeveralDevices, haveAtLeastOneWorkerEachByDefault)
{
    Meeting meeting(0); // nobody waits
    const std::filesystem::path study = makeStudy("a.study", 5);
    Recording recording({.study = study}, meeting.equipment(Names(20, "small")));
    EXPECT_GE(recording.engine().workers(), 20);
    EXPECT_EQ(only<ModelDone>(recording.wait()).size(), 5u);
}

} // namespace
