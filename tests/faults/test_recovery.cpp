// Damaged studies: what is saved of them, for damage to each of their pages.
#include "core/study/recovery.h"
#include "core/study/backup.h"
#include "core/study/integrity.h"
#include "core/study/sqlite.h"
#include "study_fixture.h"
#include <map>

namespace spacewright {
namespace {

using RecoveryTest = StudyTest;

std::string textOf(const TrainedModel& one)
{
    const Model& model = one.model;
    return std::to_string(std::int64_t(model.space)) + " " + std::to_string(model.sample.index) + " " +
           toText(model.state) + " " + std::to_string(model.error.value_or(-1)) + " " +
           std::to_string(model.finishOrder) + " " + std::to_string(model.sample.network.stages.at(0).width);
}

/// All that a person would miss.
std::string textOf(const StudyContent& content)
{
    std::string text = std::to_string(content.spaces.size()) + " " + std::to_string(content.tests.size());
    for (const auto& [space, models] : content.reused)
        text += " " + std::to_string(models.size());
    for (const TrainedModel& one : content.models)
        text += "\n" + textOf(one) + " " + std::to_string(one.epochs.size()) + (one.model.setAside ? " aside" : "");
    return text;
}

std::map<ModelId, TrainedModel> byId(const StudyContent& content)
{
    std::map<ModelId, TrainedModel> models;
    for (const TrainedModel& one : content.models)
        models[one.model.id] = one;
    return models;
}

/// Of several pages in each table.
void fill(const std::filesystem::path& file)
{
    Study study = studyOf(file, 120);
    for (int i = 0; i < 60; ++i) {
        const ModelId id = study.claimNext()->id;
        for (int epoch = 1; epoch <= 10; ++epoch)
            study.recordEpoch(id, {.number = epoch, .rate = 0.1, .trainingLoss = 1, .validationError = 20.0 + i});
        study.finish(id, ModelState::finished, 20 + i, "", 1, 1);
        study.recordTest({id, "a set of images with a name of its own", i, 100});
    }
    StudySpace child = smallSpace();
    child.parent = SpaceId{1};
    study.addSpace(child, {smallSample(3)}, {ModelId{1}, ModelId{5}});
    study.setAside(std::vector{ModelId{100}}, true);
}

std::map<std::int64_t, std::string> tablesByPage(const std::filesystem::path& file)
{
    Database database(file, Database::Access::readOnly);
    Statement rows(database, "SELECT pageno, name FROM dbstat");
    std::map<std::int64_t, std::string> tables;
    while (rows.step())
        tables[rows.integer(0)] = rows.text(1);
    return tables;
}

void overwrite(const std::filesystem::path& file, std::int64_t page, char byte)
{
    std::fstream damaged(file, std::ios::in | std::ios::out | std::ios::binary);
    damaged.seekp((page - 1) * 4096);
    damaged << std::string(4096, byte);
}

TEST_F(RecoveryTest, damageToAnyPageCostsTheRowsOnItAndInventsNone)
{
    const auto sound = folder / "sound.study";
    fill(sound);
    const StudyContent content = Study(sound, Study::Access::readOnly).content();
    const auto models = byId(content);
    const auto tables = tablesByPage(sound);
    ASSERT_GT(tables.size(), 30U);
    for (const auto& [page, table] : tables)
        for (const char byte : {'x', '\0'}) {
            SCOPED_TRACE("page " + std::to_string(page) + " of " + table);
            std::filesystem::copy_file(sound, file, std::filesystem::copy_options::overwrite_existing);
            overwrite(file, page, byte);
            std::optional<Recovery> found;
            const std::string why = errorOf([&] { found = recover(file); });
            if (!found) {
                EXPECT_TRUE(table == "sqlite_schema" || table == "study") << why;
                EXPECT_PRED_FORMAT2(testing::IsSubstring, "no sound backup", why);
                continue;
            }
            const auto saved = byId(found->content);
            for (const auto& [id, one] : saved) {
                ASSERT_TRUE(models.contains(id));
                EXPECT_EQ(textOf(one), textOf(models.at(id)));
                EXPECT_LE(one.epochs.size(), models.at(id).epochs.size());
            }
            const bool isOfModels = table == "model" || table == "space";
            EXPECT_TRUE(isOfModels || saved.size() == models.size());
            EXPECT_TRUE(table == "space" || found->content.spaces.size() == content.spaces.size());
            EXPECT_TRUE(isOfModels || table == "test" || found->content.tests.size() == content.tests.size());
            EXPECT_TRUE(table == "epoch" || found->lostEpochs.empty());
            EXPECT_TRUE(!found->isWhole() || textOf(found->content) == textOf(content)) << "it is not, but says so";
            const auto result = folder / "result.study";
            std::filesystem::remove(result);
            EXPECT_EQ(errorOf([&] { Study::create(result, found->content); }), "");
            EXPECT_EQ(errorOf([&] { checkIntegrity(result); }), "");
        }
}

TEST_F(RecoveryTest, aBackupFillsWhateverPageIsDamaged)
{
    const auto sound = folder / "sound.study";
    fill(sound);
    const StudyContent content = Study(sound, Study::Access::readOnly).content();
    std::filesystem::copy_file(sound, file);
    backUp(file);
    for (const auto& [page, table] : tablesByPage(sound)) {
        SCOPED_TRACE("page " + std::to_string(page) + " of " + table);
        std::filesystem::copy_file(sound, file, std::filesystem::copy_options::overwrite_existing);
        overwrite(file, page, 'x');
        const Recovery found = recover(file);
        EXPECT_EQ(found.content.models.size(), content.models.size());
        EXPECT_EQ(found.content.spaces.size(), content.spaces.size());
        EXPECT_TRUE(found.lostModels.empty() && found.lostEpochs.empty() && found.lostSpaces.empty());
        EXPECT_EQ(found.content.recipe.epochs, content.recipe.epochs);
    }
}

TEST_F(RecoveryTest, aFileThatWasCutShortGivesWhatIsLeft)
{
    const auto sound = folder / "sound.study";
    fill(sound);
    const auto models = byId(Study(sound, Study::Access::readOnly).content());
    for (auto size = std::filesystem::file_size(sound); size > 0; size -= std::min(size, std::uintmax_t{10'000})) {
        std::filesystem::copy_file(sound, file, std::filesystem::copy_options::overwrite_existing);
        std::filesystem::resize_file(file, size);
        errorOf([&] {
            for (const auto& [id, one] : byId(recover(file).content))
                EXPECT_EQ(textOf(one), textOf(models.at(id)));
        });
    }
}

TEST_F(RecoveryTest, whatIsNoStudyIsASentence)
{
    for (const std::string& text : {std::string(), std::string(100'000, 'x')}) {
        std::ofstream(file) << text;
        EXPECT_ERROR(recover(file), "holds no study that can be read");
        EXPECT_EQ(bytesOf(file), text);
    }
    EXPECT_ERROR(recover(folder / "missing.study"), "does not exist");
}

TEST_F(RecoveryTest, aStrangersNumbersCostNoTimeAndNoMemory)
{
    for (const std::string id : {"9000000000000000000", "9223372036854775807"}) {
        std::filesystem::remove(file);
        studyOf(file, 3);
        Database(file, Database::Access::readWrite).execute("UPDATE model SET id = " + id + " WHERE id = 3");
        const Recovery found = recover(file);
        EXPECT_GE(found.content.models.size(), 2u);
        EXPECT_LT(found.lostModels.size(), 100'000u) << "ids up to " << id;
    }
}

TEST_F(RecoveryTest, aSoundStudyIsCopiedWhole)
{
    fill(file);
    const Recovery found = recover(file);
    EXPECT_TRUE(found.isWhole());
    Study::create(folder / "copy.study", found.content);
    EXPECT_EQ(Study(folder / "copy.study", Study::Access::readOnly).counts(),
              Study(file, Study::Access::readOnly).counts());
}

} // namespace
} // namespace spacewright
