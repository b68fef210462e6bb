// The study as a file: what cannot be made or opened, and what is no study.
#include "core/study/sqlite.h"
#include "folder_names.h"
#include "study_fixture.h"

namespace spacewright {
namespace {

using Access = Study::Access;

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

} // namespace
} // namespace spacewright
