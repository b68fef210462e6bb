// A study after a power cut, and after SIGKILL, behind every single write of its life.
#include "core/study/integrity.h"
#include "durable_disk.h"
#include "shared_disk.h"
#include "study_fixture.h"
#include "study_life.h"
#include <algorithm>

namespace spacewright::faults {
namespace {

using enum Call;

/// The content after each step; before the first there is no study.
std::vector<std::string> contentsOf(const std::filesystem::path& file)
{
    Life life{.file = file};
    std::vector<std::string> contents{"no study"};
    for (const Step& step : steps()) {
        step.work(life);
        contents.push_back(contentOf(file));
    }
    return contents;
}

/// The study at the path is that before the step or after it, sound, and takes the step.
void expectBetween(const std::filesystem::path& file, const std::vector<std::string>& contents, std::size_t step)
{
    const std::string found = contentOf(file);
    const bool isNone = found.starts_with("no study");
    EXPECT_TRUE(isNone ? step == 0 : found == contents.at(step) || found == contents.at(step + 1)) << found;
    if (isNone)
        return;
    EXPECT_EQ(errorOf([&] { checkIntegrity(file); }), "");
    EXPECT_EQ(errorOf([&] { Study(file, Study::Access::readWrite).beat(); }), "");
}

/// With a write-ahead log, or without one on a shared disk.
class PowerLoss : public StudyTest, public testing::WithParamInterface<bool> {
    std::optional<SharedDisk> m_nfs;

protected:
    PowerLoss()
    {
        if (GetParam())
            m_nfs.emplace();
    }
};

TEST_P(PowerLoss, whatWasCommittedIsThereWhateverElseReachedTheDisk)
{
    const std::vector<std::string> contents = contentsOf(folder / "undisturbed.study");
    recordChanges();
    std::vector<std::size_t> stepAt; // of each change
    Life life{.file = file};
    for (std::size_t i = 0; i < steps().size(); ++i) {
        steps().at(i).work(life);
        stepAt.resize(changes().size(), i);
    }
    stopRecording();
    std::mt19937 random(1);
    DurableDisk disk(folder / "after");
    for (std::size_t i = 0; i < stepAt.size() && !HasFailure(); ++i) {
        disk.follow(changes().at(i));
        for (const double keep : {0.0, 1.0, 0.5, 0.9, 0.2}) {
            SCOPED_TRACE(std::string(steps().at(stepAt.at(i)).name) + ", change " + std::to_string(i) + " of " +
                         std::to_string(stepAt.size()) + ", keeping " + std::to_string(keep));
            disk.cutPower(keep, random);
            expectBetween(folder / "after" / file.filename(), contents, stepAt.at(i));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Disk, PowerLoss, testing::Bool(),
                         [](const auto& info) { return std::string(info.param ? "shared" : "local"); });

class KillsAtEachCall : public StudyTest, public testing::WithParamInterface<Fault> {};

TEST_P(KillsAtEachCall, leaveTheStudyAsItWasBeforeAStepOrAfter)
{
    std::optional<SharedDisk> nfs;
    if (GetParam().name.ends_with("shared_disk"))
        nfs.emplace();
    const std::vector<std::string> contents = contentsOf(folder / "undisturbed.study");
    for (int n = 1; !HasFailure(); ++n) {
        for (const char* part : {"", "-wal", "-shm", "-journal", ".backups"})
            std::filesystem::remove_all(file.string() + part);
        std::size_t done = 0;
        {
            ChildProcess child([&](const auto& say) {
                breakSystem(GetParam(), n);
                Life life{.file = file};
                for (const Step& step : steps()) {
                    step.work(life);
                    say("done");
                }
            });
            while (child.answer() == "done")
                ++done;
        }
        if (done == steps().size())
            return;
        SCOPED_TRACE(std::string(steps().at(done).name) + ", call " + std::to_string(n));
        expectBetween(file, contents, done);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Table, KillsAtEachCall,
    testing::Values(
        Fault{.name = "changes_of_a_shared_disk", .calls = {write, sync, truncate, remove}, .code = 1, .kills = true},
        Fault{.name = "half_writes_of_a_shared_disk", .calls = {write}, .code = 1, .half = true, .kills = true},

        Fault{.name = "changes", .calls = {write, sync, truncate, remove, mapMemory}, .code = 1, .kills = true},
        Fault{.name = "half_writes", .calls = {write}, .code = 1, .half = true, .kills = true},
        Fault{.name = "locks", .calls = {open, lock, lockMemory}, .code = 1, .kills = true}),
    [](const auto& info) { return std::string(info.param.name); });

} // namespace
} // namespace spacewright::faults
