// A study's spaces and models. The queue is in test_queue.cpp, the file itself in test_study_file.cpp.
#include "core/study/study.h"
#include "core/study/sqlite.h"
#include "study_fixture.h"
#include <cmath>
#include <set>
#include <thread>

namespace spacewright {
namespace {

using Access = Study::Access;

TEST_F(StudyTest, whatIsWrittenIsReadByAnotherConnection)
{
    Recipe recipe;
    recipe.epochs = 3;
    recipe.seed = 0xffff'ffff'ffff'fff0U;
    Study written = Study::create(file, recipe);
    StudySpace a = smallSpace();
    a.note = "where it begins; 'quoted'";
    a.seed = 0xffff'ffff'ffff'fff1U;
    a.nextIndex = 5;
    a.id = written.addSpace(a);
    StudySpace b = a;
    b.parent = a.id;
    b.added = {constraintFrom("shared b"), constraintFrom("flops=1.5e6:2e6")};
    for (const auto& constraint : b.added)
        b.space = constrained(b.space, constraint);
    b.id = written.addSpace(b);
    written.setNote(b.id, "narrower");

    const Study study(file, Access::readOnly);
    EXPECT_EQ(study.path(), file);
    EXPECT_EQ(study.recipe(), recipe);
    const auto spaces = study.spaces();
    ASSERT_EQ(spaces.size(), 2U);
    EXPECT_EQ(spaces[0].space, a.space);
    EXPECT_EQ(spaces[0].parent, std::nullopt);
    EXPECT_EQ(spaces[0].note, a.note);
    EXPECT_EQ(spaces[0].seed, a.seed);
    EXPECT_EQ(spaces[0].nextIndex, 5);
    EXPECT_EQ(spaces[1].id, b.id);
    EXPECT_EQ(spaces[1].parent, a.id);
    EXPECT_EQ(spaces[1].added, b.added);
    EXPECT_EQ(spaces[1].space, b.space);
    EXPECT_EQ(study.space(b.id).note, "narrower");
}

TEST_F(StudyTest, modelsComeBackAsTheyWereAdded)
{
    Study study = studyOf(file, 3);
    const auto models = study.models();
    ASSERT_EQ(models.size(), 3U);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(models[i].sample.index, i);
        EXPECT_EQ(models[i].sample.network, smallSample(i).network);
        EXPECT_EQ(models[i].sample.complexity, smallSample(i).complexity);
        EXPECT_EQ(models[i].state, ModelState::waiting);
        EXPECT_EQ(models[i].error, std::nullopt);
        EXPECT_EQ(models[i].finishOrder, 0);
    }
    EXPECT_EQ(study.model(models[1].id).sample.index, 1);
    EXPECT_EQ(study.space(models[0].space).nextIndex, 3);
}

TEST_F(StudyTest, countsNameEverySpaceAndState)
{
    Study study = studyOf(file, 3);
    const SpaceId full = study.spaces().at(0).id;
    const SpaceId empty = study.addSpace(smallSpace());
    study.finish(study.claimNext()->id, ModelState::diverged, 90, "loss is not a number", 1, 1);
    study.claimNext();
    const auto counts = study.counts();
    EXPECT_EQ(counts.at(full).waiting, 1);
    EXPECT_EQ(counts.at(full).running, 1);
    EXPECT_EQ(counts.at(full).diverged, 1);
    EXPECT_EQ(counts.at(full).total(), 3);
    EXPECT_EQ(counts.at(empty).total(), 0);
    EXPECT_EQ(study.totals().total(), 3);
    EXPECT_EQ(study.totals().diverged, 1);
}

TEST_F(StudyTest, thePlainColumnsCanBeQueried)
{
    Study study = studyOf(file, 2);
    Database database(file, Database::Access::readOnly);
    EXPECT_EQ(database.integer("SELECT flops FROM model WHERE sample_index = 1"), smallSample(1).complexity.flops);
    EXPECT_EQ(database.integer("SELECT count(*) FROM model WHERE state = 'waiting' AND acts > 0 AND params > 0"), 2);
    EXPECT_EQ(database.integer("SELECT count(*) FROM space WHERE name = 'AnyNetX_A'"), 1);
}

TEST_F(StudyTest, anUnknownSpaceOrModelIsNamed)
{
    Study study = studyOf(file, 1);
    EXPECT_ERROR(study.space(SpaceId{9}), "no space 9");
    EXPECT_ERROR(study.setNote(SpaceId{9}, ""), "no space 9");
    EXPECT_ERROR(study.addModels(SpaceId{9}, {smallSample(0)}, 1), "no space 9");
    EXPECT_ERROR(study.growTo(SpaceId{9}, 4), "no space 9");
    EXPECT_ERROR(study.model(ModelId{9}), "no model 9");
    StudySpace orphan = smallSpace();
    orphan.parent = SpaceId{9};
    EXPECT_ERROR(study.addSpace(orphan), "no space 9");
    EXPECT_EQ(study.spaces().size(), 1U);
}

TEST_F(StudyTest, ofSamplesThatCannotAllBeAddedNoneIs)
{
    Study study = studyOf(file, 2);
    const SpaceId space = study.spaces().at(0).id;
    EXPECT_ERROR(study.addModels(space, {smallSample(5), smallSample(1)}, 6), "Nothing that was recorded is lost");
    EXPECT_EQ(study.totals().total(), 2);
    EXPECT_EQ(study.space(space).nextIndex, 2);
}

TEST_F(StudyTest, growingDrawsOnlyWhatIsMissing)
{
    Study study = Study::create(file, Recipe{});
    const SpaceId space = study.addSpace(smallSpace());
    study.growTo(space, 5);
    study.growTo(space, 9);
    study.growTo(space, 4);
    const auto models = study.models();
    const auto expected = draw(smallSpace().space, smallSpace().seed, 9).samples;
    ASSERT_EQ(models.size(), 9U);
    for (std::size_t i = 0; i < 9; ++i) {
        EXPECT_EQ(models[i].sample.network, expected[i].network);
        EXPECT_EQ(models[i].sample.index, expected[i].index);
    }
    EXPECT_EQ(study.space(space).nextIndex, expected.back().index + 1);
}

TEST_F(StudyTest, growingAfterAStopAddsNothingTwice)
{
    Study study = Study::create(file, Recipe{});
    const SpaceId space = study.addSpace(smallSpace());
    std::stop_source stop;
    stop.request_stop();
    study.growTo(space, 1000, stop.get_token());
    EXPECT_LT(study.totals().total(), 1000);
    study.growTo(space, 20);
    EXPECT_EQ(study.models().back().sample.network, draw(smallSpace().space, 7, 20).samples.back().network);
}

TEST_F(StudyTest, twoThatGrowTheSameSpaceTogetherMakeItNoLarger)
{
    const SpaceId space = Study::create(file, Recipe{}).addSpace(smallSpace());
    const auto grow = [&] { Study(file, Access::readWrite).growTo(space, 30); };
    {
        const std::jthread one(grow);
        const std::jthread two(grow);
    }
    std::set<std::int64_t> indices;
    for (const Model& model : Study(file, Access::readOnly).models())
        indices.insert(model.sample.index);
    EXPECT_EQ(indices.size(), 30U);
    EXPECT_EQ(Study(file, Access::readOnly).totals().total(), 30);
}

TEST_F(StudyTest, dataVersionChangesWhenAnotherConnectionWrites)
{
    Study writer = studyOf(file, 1);
    const Study reader(file, Access::readOnly);
    const auto before = reader.dataVersion();
    EXPECT_EQ(reader.dataVersion(), before);
    writer.claimNext();
    EXPECT_NE(reader.dataVersion(), before);
}

} // namespace
} // namespace spacewright
