// Copies of a study that are there when it is needed.
#include "core/study/backup.h"
#include "core/study/sqlite.h"
#include "core/study/study_keeper.h"
#include "folder_names.h"
#include "study_fixture.h"
#include <sys/resource.h>

namespace spacewright {
namespace {

using namespace std::chrono_literals;
using Access = Study::Access;
using BackupTest = StudyTest;

TEST_F(BackupTest, aBackupHoldsWhatWasCommittedWhileOthersWrite)
{
    Study study = studyOf(file, 3);
    study.finish(study.claimNext()->id, ModelState::finished, 10, "", 1, 1);
    const auto copy = backUp(file);
    study.finish(study.claimNext()->id, ModelState::finished, 20, "", 1, 1);
    EXPECT_EQ(Study(copy, Access::readOnly).totals().finished, 1);
    EXPECT_EQ(study.totals().finished, 2);
    EXPECT_EQ(newestBackup(file), copy);
}

TEST_F(BackupTest, theNewestThreeStayAndForeignFilesToo)
{
    studyOf(file, 1);
    std::filesystem::create_directory(file.string() + ".backups");
    std::ofstream(file.string() + ".backups/mine.study") << "text";
    for (int i = 0; i < 12; ++i)
        backUp(file);
    EXPECT_EQ(namesIn(file.string() + ".backups"),
              (std::set<std::string>{"10.study", "11.study", "12.study", "mine.study"}));
}

TEST_F(BackupTest, aDamagedStudyTakesNoSoundBackupsPlace)
{
    studyOf(file, 300);
    const auto sound = backUp(file);
    {
        std::fstream damaged(file, std::ios::in | std::ios::out | std::ios::binary);
        damaged.seekp(static_cast<std::streamoff>(std::filesystem::file_size(file) / 4096 / 2 * 4096));
        damaged << std::string(4096, 'x');
    }
    EXPECT_ERROR(backUp(file), "damaged");
    EXPECT_EQ(namesIn(file.string() + ".backups"), std::set<std::string>{"1.study"});
    EXPECT_ERROR(Study(file, Access::readOnly).models(), "the newest backup is " + sound.string());
}

TEST_F(BackupTest, anOlderStudyIsCopiedBeforeItIsMigrated)
{
    studyOf(file, 2);
    Database(file, Database::Access::readWrite)
        .execute("DROP TABLE lease; ALTER TABLE model DROP COLUMN claims; PRAGMA user_version = 5");
    Study(file, Access::readWrite);
    EXPECT_EQ(Database(*newestBackup(file), Database::Access::readOnly).integer("PRAGMA user_version"), 5);
}

TEST_F(BackupTest, whoTrainsMakesThemAndAFullDiskIsNoMoreThanAWarning)
{
    studyOf(file, 300);
    ChildProcess child([&](const auto& say) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{50'000, 50'000}; // less than a copy takes, enough for the log
        setrlimit(RLIMIT_FSIZE, &limit);
        const StudyKeeper keeper(file, say, {.turn = 1ms, .backup = 1ms});
        pause();
    });
    EXPECT_PRED_FORMAT2(testing::IsSubstring, "Training goes on", child.answer());
    child.kill();
    {
        const StudyKeeper keeper(file, [](const std::string&) {}, {.turn = 1ms, .backup = 1ms});
        while (!newestBackup(file))
            std::this_thread::yield();
    }
    EXPECT_EQ(Study(*newestBackup(file), Access::readOnly).totals().waiting, 300);
}

} // namespace
} // namespace spacewright
