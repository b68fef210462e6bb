// The study as a file: what cannot be made, opened, read or written, and what the disk does to it.
#include "core/study/study.h"
#include "core/study/sqlite.h"
#include "study_fixture.h"
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <set>

namespace spacewright {
namespace {

using Access = Study::Access;

std::set<std::string> namesIn(const std::filesystem::path& folder)
{
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.insert(entry.path().filename().string());
    return names;
}

TEST_F(StudyTest, anExistingPathIsLeftAsItIs)
{
    std::ofstream(file) << "a letter";
    EXPECT_ERROR(Study::create(file, Recipe{}), "exists already");
    EXPECT_EQ(bytesOf(file), "a letter");
    EXPECT_ERROR(Study::create(folder, Recipe{}), "exists already");
    EXPECT_ERROR(Study::create(folder / "missing" / "a.study", Recipe{}), "cannot be created");
}

TEST_F(StudyTest, remainsOfADeletedStudyOfTheSameNameAreNotTakenForTheNewOne)
{
    const auto weights = Study::create(file, Recipe{}).checkpointPath(ModelId{1});
    EXPECT_EQ(weights, folder / "small.study.weights" / "1.safetensors");
    std::filesystem::remove(file);
    std::ofstream(folder / "small.study-wal") << "left behind";
    std::filesystem::create_directory(weights.parent_path());
    EXPECT_EQ(Study::create(file, Recipe{}).totals().total(), 0);

    std::filesystem::remove(file);
    std::ofstream(weights) << "weights";
    EXPECT_ERROR(Study::create(file, Recipe{}), "holds weights of an earlier study");
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_EQ(bytesOf(weights), "weights");
}

TEST_F(StudyTest, aBadRecipeMakesNoFile)
{
    Recipe recipe;
    recipe.epochs = 0;
    EXPECT_ERROR(Study::create(file, recipe), "\"epochs\"");
    recipe = {};
    recipe.data = "no UTF-8: \xff";
    EXPECT_ERROR(Study::create(file, recipe), "was not created");
    EXPECT_TRUE(namesIn(folder).empty());
}

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

/// Lays a small disk over the folder: a temporary file system that only the calling process sees. Whoever is not root
/// becomes root of a user namespace first. Throws "skip" where the machine allows neither.
void enterSmallDisk(const std::filesystem::path& folder, const char* size)
{
    const auto user = geteuid();
    const auto group = getegid();
    if (user != 0 && unshare(CLONE_NEWUSER) == 0) {
        std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
        std::ofstream("/proc/self/setgroups") << "deny";
        std::ofstream("/proc/self/gid_map") << "0 " << group << " 1";
    }
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("none", folder.c_str(), "tmpfs", 0, size) != 0)
        throw Error("skip");
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

TEST_F(StudyTest, whatIsNoStudyIsRefusedInWordsAndLeftUntouched)
{
    const auto refuses = [&](const std::string& content, const char* part) {
        std::ofstream(file, std::ios::binary) << content;
        for (const Access access : {Access::readOnly, Access::readWrite})
            EXPECT_ERROR(Study(file, access), part);
        EXPECT_EQ(bytesOf(file), content);
        EXPECT_EQ(namesIn(folder), std::set<std::string>{"small.study"});
    };
    refuses("", "is empty");
    refuses("dear diary", "no SQLite database at all");
    refuses(std::string(100'000, '\0'), "no SQLite database at all");
    refuses(std::string("SQLite format 3\0 and then it ends", 34), "ends within its header");

    const auto foreign = folder / "foreign";
    std::ofstream{foreign};
    Database(foreign, Database::Access::readWrite).execute("CREATE TABLE t (a); PRAGMA journal_mode = WAL");
    const auto content = bytesOf(foreign);
    std::filesystem::remove(foreign);
    refuses(content, "of another program");
}

TEST_F(StudyTest, whatIsNoFileIsRefusedInWords)
{
    for (const Access access : {Access::readOnly, Access::readWrite}) {
        EXPECT_ERROR(Study(folder / "missing.study", access), "does not exist");
        EXPECT_ERROR(Study("", access), "does not exist");
        EXPECT_ERROR(Study(folder, access), "is a folder");
        EXPECT_ERROR(Study("/dev/null", access), "is not an ordinary file");
    }
    EXPECT_TRUE(namesIn(folder).empty());
}

TEST_F(StudyTest, aStudyThatWasCutShortIsRefusedAndKept)
{
    studyOf(file, 50);
    const auto whole = bytesOf(file);
    for (const std::size_t size : {std::size_t{600}, std::size_t{5000}, whole.size() / 2, whole.size() - 4096}) {
        std::ofstream(file, std::ios::binary) << whole.substr(0, size);
        EXPECT_ERROR(Study(file, Access::readWrite), "was cut short") << size;
        EXPECT_EQ(bytesOf(file), whole.substr(0, size)) << size;
    }
}

TEST_F(StudyTest, damageInTheMiddleIsASentenceWhereverItIs)
{
    studyOf(file, 50);
    const auto whole = bytesOf(file);
    int noticed = 0;
    for (std::size_t page = 4096; page < whole.size(); page += 4096) {
        auto damaged = whole;
        damaged.replace(page, 4096, 4096, '\x5a');
        std::ofstream(file, std::ios::binary) << damaged;
        noticed += !errorOf([&] {
                        const Study study(file, Access::readOnly);
                        study.models();
                        study.spaces();
                    }).empty();
    }
    EXPECT_GT(noticed, 2);
}

TEST_F(StudyTest, aNewerStudyIsRefusedAndKept)
{
    studyOf(file, 1);
    Database(file, Database::Access::readWrite).execute("PRAGMA user_version = 99");
    const auto content = bytesOf(file);
    for (const Access access : {Access::readWrite, Access::readOnly})
        EXPECT_ERROR(Study(file, access), "made by a newer Spacewright");
    EXPECT_EQ(bytesOf(file), content);
}

/// A study as the program wrote it that knew tables of version 2; without what came with it, one of version 1.
void writeOldStudy(const std::filesystem::path& file, int version)
{
    std::ofstream{file};
    Database old(file, Database::Access::readWrite);
    old.execute(bytesOf(std::filesystem::path(TEST_DATA) / "study_version_2.sql"));
    if (version == 1)
        old.execute("DROP TABLE reused; DROP TABLE test; PRAGMA user_version = 1");
}

TEST_F(StudyTest, aStudyOfTheFirstVersionIsReadAsItIsAndMigratedWhenItIsWritten)
{
    writeOldStudy(file, 1);
    const auto content = bytesOf(file);
    {
        const Study old(file, Access::readOnly);
        EXPECT_EQ(old.totals().waiting, 2);
        EXPECT_EQ(old.counts().at(SpaceId{1}).total(), 2);
        EXPECT_TRUE(old.reused().empty());
        EXPECT_TRUE(old.tests().empty());
    }
    EXPECT_EQ(bytesOf(file), content);
    {
        Study migrated(file, Access::readWrite);
        EXPECT_EQ(migrated.totals().waiting, 2);
        EXPECT_TRUE(migrated.reused().empty());
        migrated.addSpace(smallSpace(), {}, {migrated.models().front().id});
        EXPECT_EQ(migrated.counts().at(SpaceId{3}).reused, 1);
    }
    EXPECT_EQ(Study(file, Access::readOnly).reused().size(), 1U);
}

TEST_F(StudyTest, aStudyOfTheSecondVersionKeepsEverythingWhenItGetsAnOrder)
{
    writeOldStudy(file, 2);
    const auto content = bytesOf(file);
    const auto holdsAll = [](const Study& study) {
        EXPECT_EQ(study.waiting(), (std::vector{ModelId{3}, ModelId{2}}));
        EXPECT_EQ(study.model(ModelId{1}).error, 20);
        EXPECT_FALSE(study.model(ModelId{2}).isNext);
        EXPECT_EQ(study.epochs(ModelId{1}).size(), 1U);
        EXPECT_EQ(study.tests().size(), 1U);
        EXPECT_EQ(study.reused().at(SpaceId{2}), std::vector{ModelId{1}});
        EXPECT_EQ(study.spaces().at(1).priority, 0);
    };
    holdsAll(Study(file, Access::readOnly));
    EXPECT_EQ(bytesOf(file), content);
    Study migrated(file, Access::readWrite);
    holdsAll(migrated);
    migrated.setNext({ModelId{2}}, true);
    EXPECT_EQ(migrated.claimNext()->id, ModelId{2});
    Database database(file, Database::Access::readOnly);
    EXPECT_EQ(database.integer("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    EXPECT_EQ(database.integer("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check != 'ok'"), 0);
}

TEST_F(StudyTest, aStudyWhoseMakingWasInterruptedIsRefused)
{
    Study::create(file, Recipe{});
    Database(file, Database::Access::readWrite).execute("DELETE FROM study");
    EXPECT_ERROR(Study(file, Access::readWrite), "making it was interrupted");
}

TEST_F(StudyTest, openedForReadingItRefusesEveryChange)
{
    studyOf(file, 2);
    Study study(file, Access::readOnly);
    EXPECT_EQ(study.models().size(), 2U);
    EXPECT_ERROR(study.claimNext(), "cannot be changed");
    EXPECT_ERROR(study.addSpace(smallSpace()), "cannot be changed");
    EXPECT_ERROR(study.setNote(SpaceId{1}, "x"), "cannot be changed");
    EXPECT_EQ(study.totals().waiting, 2);
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
