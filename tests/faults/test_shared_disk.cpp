// A study on a file system that several machines share.
#include "core/study/file_system.h"
#include "core/study/integrity.h"
#include "core/study/sqlite.h"
#include "faulty_system.h"
#include "shared_disk.h"
#include "study_fixture.h"
#include "study_life.h"
#include <thread>

namespace spacewright::faults {
namespace {

using Access = Study::Access;
using SharedDiskTest = StudyTest;

std::string journalOf(const std::filesystem::path& file)
{
    Database database(file, Database::Access::readOnly);
    Statement mode(database, "PRAGMA journal_mode");
    mode.step();
    return mode.text(0);
}

TEST_F(SharedDiskTest, aStudyIsMadeWithoutALogThereAndGetsOneOnALocalDisk)
{
    {
        const SharedDisk nfs;
        const Study study = studyOf(file, 2);
        EXPECT_EQ(journalOf(file), "delete");
        EXPECT_FALSE(std::filesystem::exists(file.string() + "-shm"));
        EXPECT_PRED_FORMAT2(testing::IsSubstring, "(NFS)", sharedDiskNotice(file).value_or(""));
    }
    EXPECT_EQ(sharedDiskNotice(file), std::nullopt);
    EXPECT_EQ(Study(file, Access::readWrite).totals().waiting, 2);
    EXPECT_EQ(journalOf(file), "wal");
}

TEST_F(SharedDiskTest, aStudyThatIsCarriedThereLosesItsLogAndNothingElse)
{
    ChildProcess writer([&](const auto& say) {
        Study study = studyOf(file, 2);
        study.claimNext();
        say("claimed");
        pause();
    });
    ASSERT_EQ(writer.answer(), "claimed");
    writer.kill(); // what it wrote is in the log alone
    const SharedDisk nfs;
    EXPECT_EQ(Study(file, Access::readOnly).totals().running, 1);
    EXPECT_EQ(journalOf(file), "delete");
    EXPECT_FALSE(std::filesystem::exists(file.string() + "-wal"));
}

TEST_F(SharedDiskTest, aStudyThatMayNotBeChangedIsReadAsItLies)
{
    studyOf(file, 2);
    const SharedDisk nfs;
    ChildProcess child([&](const auto& say) {
        std::filesystem::permissions(folder, std::filesystem::perms(0555));
        becomeOrdinaryUser();
        say(std::to_string(Study(file, Access::readOnly).totals().waiting));
    });
    EXPECT_EQ(child.answer(), "2");
    child.answer();
    std::filesystem::permissions(folder, std::filesystem::perms(0755));
}

TEST_F(SharedDiskTest, aLogThatOthersUseIsASentence)
{
    const Study other = studyOf(file, 1);
    const SharedDisk nfs;
    ChildProcess child([&](const auto&) {
        breakSystem({.name = "time passes", .calls = {}}, 1);
        Study(file, Access::readWrite);
    });
    EXPECT_PRED_FORMAT2(testing::IsSubstring, "was locked by another program", child.answer());
    EXPECT_EQ(other.totals().waiting, 1);
}

TEST_F(SharedDiskTest, severalProcessesTakeEachModelOnceAndReadersSeeThemEnd)
{
    constexpr int n = 60;
    const SharedDisk nfs;
    studyOf(file, n);
    const auto train = [&](const auto& say) {
        Study study(file, Access::readWrite);
        int done = 0;
        for (auto model = study.claimNext(); model; model = study.claimNext(), ++done) {
            study.beat();
            study.recordEpoch(model->id, {.number = 1, .rate = 0.1});
            study.finish(model->id, ModelState::finished, 10, "", 1, 1);
        }
        say(std::to_string(done));
    };
    int sum = 0;
    {
        ChildProcess first(train), second(train), third(train);
        const Study reader(file, Access::readOnly);
        while (reader.totals().finished < n)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        for (ChildProcess* child : {&first, &second, &third})
            sum += std::stoi(child->answer());
    }
    EXPECT_EQ(sum, n);
    EXPECT_EQ(journalOf(file), "delete");
    EXPECT_EQ(errorOf([&] { checkIntegrity(file); }), "");
}

} // namespace
} // namespace spacewright::faults
