// Studies that older and newer programs wrote.
#include "core/study/sqlite.h"
#include "study_fixture.h"

namespace spacewright {
namespace {

using Access = Study::Access;

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

TEST_F(StudyTest, aStudyWithoutLeasesIsReadAsItIsAndItsRunningModelsCanBeTakenBack)
{
    {
        Study study = studyOf(file, 2);
        study.claimNext();
    }
    Database(file, Database::Access::readWrite)
        .execute("DROP TABLE lease; ALTER TABLE model DROP COLUMN claims; PRAGMA user_version = 5; "
                 "UPDATE model SET owner = 'elsewhere/1/1' WHERE owner IS NOT NULL");
    const auto content = bytesOf(file);
    EXPECT_EQ(Study(file, Access::readOnly).totals().running, 1);
    EXPECT_EQ(bytesOf(file), content);
    Study migrated(file, Access::readWrite);
    for (auto passed = std::chrono::seconds(0); passed <= LeaseWatch::term; passed += std::chrono::seconds(5))
        migrated.releaseAbandoned(LeaseWatch::Clock::time_point(passed));
    EXPECT_EQ(migrated.totals().waiting, 2);
    migrated.finish(migrated.claimNext()->id, ModelState::finished, 10, "", 1, 1);
    EXPECT_EQ(Study(file, Access::readOnly).totals().finished, 1);
}

} // namespace
} // namespace spacewright
