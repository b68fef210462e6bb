// A study on a disk that is full or refuses to write, and without the right to read or write it.
#include "folder_names.h"
#include "small_disk.h"
#include "study_fixture.h"
#include <sys/resource.h>

namespace spacewright {
namespace {

using Access = Study::Access;

TEST_F(StudyTest, aDiskThatRefusesToWriteLeavesNoHalfMadeFile)
{
    ChildProcess child([&](const auto&) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{6000, 6000};
        setrlimit(RLIMIT_FSIZE, &limit);
        Study::create(file, Recipe{});
    });
    const auto error = child.answer();
    EXPECT_PRED_FORMAT2(testing::IsSubstring, "was not created, and nothing is left of it", error);
    EXPECT_PRED_FORMAT2(testing::IsSubstring, "The disk reported an error", error);
    EXPECT_TRUE(namesIn(folder).empty());
}

TEST_F(StudyTest, aFullDiskLosesNothingAndLeavesNoHalfMadeFile)
{
    ChildProcess child([&](const auto& say) {
        enterSmallDisk(folder, "size=400k");
        Study study = studyOf(file, 100);
        say(errorOf([&] {
            for (int i = 1; i < 1'000'000; ++i)
                study.finish(study.claimNext()->id, ModelState::finished, 10, std::string(10'000, 'x'), 1, 1);
        }));
        const auto recorded = study.totals().finished;
        say(errorOf([&] { Study::create(folder / "second.study", Recipe{}); }));
        say(std::filesystem::exists(folder / "second.study") ? "half made" : "gone");
        // Room again: what was recorded is there, and work goes on.
        if (mount("none", folder.c_str(), "tmpfs", MS_REMOUNT, "size=4m") != 0)
            throw Error("skip");
        study.releaseAbandoned();
        Study other(file, Access::readWrite);
        other.finish(other.claimNext()->id, ModelState::finished, 10, "", 1, 1);
        say(other.totals().finished == recorded + 1 && recorded > 0 ? "all there" : "lost");
    });
    const auto full = child.answer();
    if (full == "skip")
        GTEST_SKIP() << "no file system can be mounted here";
    EXPECT_PRED_FORMAT2(testing::IsSubstring, "The disk is full", full);
    EXPECT_PRED_FORMAT2(testing::IsSubstring, "was not created, and nothing is left of it", child.answer());
    EXPECT_EQ(child.answer(), "gone");
    EXPECT_EQ(child.answer(), "all there");
}

TEST_F(StudyTest, inAFolderThatCannotBeWrittenItCanBeReadButNotChanged)
{
    studyOf(file, 2);
    ASSERT_EQ(namesIn(folder), std::set<std::string>{"small.study"});
    ChildProcess child([&](const auto& say) {
        if (geteuid() != 0)
            std::filesystem::permissions(folder, std::filesystem::perms(0555));
        becomeOrdinaryUser();
        const Study study(file, Access::readOnly);
        say(std::to_string(study.models().size()));
        if (access(file.c_str(), W_OK) == 0) // it is ours: take the right away
            std::filesystem::permissions(file, std::filesystem::perms(0444));
        say(errorOf([&] { Study(file, Access::readWrite); }));
        say(errorOf([&] { Study::create(folder / "new.study", Recipe{}); }));
    });
    EXPECT_EQ(child.answer(), "2");
    EXPECT_PRED_FORMAT2(testing::IsSubstring, "cannot be changed", child.answer());
    EXPECT_PRED_FORMAT2(testing::IsSubstring, "cannot be created", child.answer());
    child.answer();
    std::filesystem::permissions(folder, std::filesystem::perms(0755));
    EXPECT_EQ(namesIn(folder), std::set<std::string>{"small.study"});
}

TEST_F(StudyTest, inAFolderThatCannotBeWrittenWhatAnotherRecordsIsSeen)
{
    studyOf(file, 2);
    ChildProcess writer([&](const auto& say) {
        Study study(file, Access::readWrite);
        study.claimNext();
        say("claimed");
        pause();
    });
    ASSERT_EQ(writer.answer(), "claimed");
    std::filesystem::permissions(folder, std::filesystem::perms(0555));
    const auto read = [&] {
        return ChildProcess([&](const auto& say) {
                   becomeOrdinaryUser();
                   say(std::to_string(Study(file, Access::readOnly).totals().running));
               })
            .answer();
    };
    EXPECT_EQ(read(), "1");
    writer.kill();
    EXPECT_EQ(read(), "1") << "a killed writer leaves its changes in the -wal";

    std::filesystem::permissions(folder, std::filesystem::perms(0755));
    std::filesystem::remove(folder / "small.study-shm");
    std::filesystem::permissions(folder, std::filesystem::perms(0555));
    EXPECT_PRED_FORMAT2(testing::IsSubstring, "changes wait in its \"-wal\"", read());
    std::filesystem::permissions(folder, std::filesystem::perms(0755));
    EXPECT_EQ(Study(file, Access::readWrite).totals().running, 1);
}

TEST_F(StudyTest, aFileThatMayNotBeReadIsRefused)
{
    studyOf(file, 1);
    std::filesystem::permissions(file, std::filesystem::perms(0));
    ChildProcess child([&](const auto&) {
        becomeOrdinaryUser();
        Study(file, Access::readOnly);
    });
    EXPECT_PRED_FORMAT2(testing::IsSubstring, "cannot be opened", child.answer());
}

} // namespace
} // namespace spacewright
