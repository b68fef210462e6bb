// Studies that a stranger made to do harm: each is refused with a sentence, and nothing that it holds is run.
#include "core/study/sqlite.h"
#include "study_fixture.h"

namespace spacewright {
namespace {

using Access = Study::Access;
using HostileStudyTest = StudyTest;

void plant(const std::filesystem::path& file, const std::string& sql)
{
    Database(file, Database::Access::readWrite).execute(sql);
}

TEST_F(HostileStudyTest, aForeignSchemaIsRefusedBeforeAnythingOfItRuns)
{
    const std::pair<const char*, const char*> rows[] = {
        {"CREATE TRIGGER t AFTER UPDATE ON model BEGIN DELETE FROM epoch; END", "trigger t"},
        {"CREATE TABLE foreign_one (x); CREATE TRIGGER t AFTER INSERT ON foreign_one BEGIN SELECT 1; END",
         "foreign_one"},
        {"DROP VIEW set_aside; CREATE VIEW set_aside (space) AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL "
         "SELECT x + 1 FROM n) SELECT x FROM n",
         "view set_aside"},
        {"DROP TABLE imported; CREATE VIEW imported AS SELECT 1 AS space, 'x' AS source", "imported"},
        {"ALTER TABLE model ADD COLUMN g TEXT AS (hex(zeroblob(1000)))", "model.g"},
        {"CREATE INDEX planted ON model (abs(flops))", "index planted"},
        {"DROP TABLE lease", "lease"},
    };
    for (const auto& [sql, name] : rows) {
        std::filesystem::remove(file);
        studyOf(file, 2);
        plant(file, sql);
        const auto content = bytesOf(file);
        for (const Access access : {Access::readOnly, Access::readWrite})
            EXPECT_ERROR(Study(file, access), name) << sql;
        EXPECT_EQ(bytesOf(file), content) << sql;
    }
}

TEST_F(HostileStudyTest, aTriggerThatIsThereDoesNotRun)
{
    studyOf(file, 2);
    plant(file, "CREATE TRIGGER t AFTER INSERT ON lease BEGIN DELETE FROM model; END");
    plant(file, "INSERT INTO lease VALUES ('elsewhere/1/1', 1)");
    EXPECT_EQ(Database(file, Database::Access::readOnly).integer("SELECT count(*) FROM model"), 2);
}

TEST_F(HostileStudyTest, valuesThatAreTooLongOrTooDeepAreAnErrorAndNoCrash)
{
    studyOf(file, 1);
    plant(file, "UPDATE space SET description = replace(hex(zeroblob(200000)), '0', '[')");
    EXPECT_ERROR(Study(file, Access::readOnly).spaces(), "Space 1 of the study cannot be read");
    EXPECT_ERROR(plant(file, "UPDATE space SET note = hex(zeroblob(40000000))"), "too big");
    plant(file, "UPDATE space SET description = '{}', added = '{\"a\":1}'");
    EXPECT_ERROR(Study(file, Access::readOnly).spaces(), "Space 1 of the study cannot be read");
}

TEST_F(HostileStudyTest, networksThatNobodyCouldBuildAreAnErrorNamingTheModel)
{
    for (const char* network :
         {"[]", "null", "{\"depths\":[99999999999999999999]}", "{\"depths\":[-1],\"widths\":[1e308]}"}) {
        std::filesystem::remove(file);
        studyOf(file, 1);
        {
            Database database(file, Database::Access::readWrite);
            Statement(database, "UPDATE model SET network = ?").bind(std::string(network)).run();
        }
        EXPECT_ERROR(Study(file, Access::readOnly).models(), "Model 1 of the study cannot be read") << network;
    }
}

} // namespace
} // namespace spacewright
