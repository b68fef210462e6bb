// Spaces with models drawn from them: a new study's first, and others beside it.
#include "core/study/drawn_space.h"
#include "core/design/fitted.h"
#include "study_fixture.h"

namespace spacewright {
namespace {

class DrawnSpaceTest : public StudyTest {
protected:
    StudySpace root()
    {
        StudySpace result;
        result.space = fittedTo(namedSpace("AnyNetX_A"), 1, 28, 10);
        result.seed = 5;
        return result;
    }
};

TEST_F(DrawnSpaceTest, aStudyThatCannotBeDrawnLeavesNothing)
{
    StudySpace empty = root();
    empty.space = constrained(empty.space, constraintFrom("flops=:1"));
    EXPECT_ERROR(createStudy(folder / "new.study", empty, Recipe{}, 3), "flops");
    EXPECT_FALSE(std::filesystem::exists(folder / "new.study"));
    EXPECT_EQ(createStudy(folder / "new.study", root(), Recipe{}, 3).totals().waiting, 3);
}

TEST_F(DrawnSpaceTest, aBaselineIsFittedToTheStudysImages)
{
    Study study = createStudy(folder / "new.study", root(), Recipe{}, 3);
    const SpaceId id = addBeside(study, namedSpace("ResNet-50"), 1);
    const StudySpace added = study.space(id);
    EXPECT_FALSE(added.parent);
    EXPECT_EQ(added.seed, 6u) << "independent of what was drawn before";
    EXPECT_EQ(added.space.prototype.resolution, 28);
    EXPECT_EQ(study.counts()[id].waiting, 1);
    for (const Model& model : study.models())
        EXPECT_EQ(model.sample.network.inputChannels, 1);
}

TEST_F(DrawnSpaceTest, whatCannotBePutBesideChangesNothing)
{
    Study study = createStudy(folder / "new.study", root(), Recipe{}, 3);
    EXPECT_ERROR(addBeside(study, namedSpace("AnyNetX_A"), 3), "has a space named AnyNetX_A already");
    EXPECT_ERROR(addBeside(study, namedSpace("ResNet-50"), 2), "different networks");
    EXPECT_EQ(study.spaces().size(), 1u);
    EXPECT_EQ(study.totals().total(), 3);
}

TEST_F(DrawnSpaceTest, anEditedCopyIsASpaceOfOneNetworkWithTheModelsOwnRecipe)
{
    StudySpace wide = root();
    wide.space.rate = RecipeRange{0.01, 0.1};
    Study study = createStudy(folder / "new.study", wide, Recipe{}, 3);
    const Model model = study.models()[1];
    EditedCopy copy{model.id, nameOfCopy({}, model.id), model.sample.network};
    ++copy.network.stages[2].depth;
    const AddedModel added = addCopy(study, copy);
    const Model trained = study.model(added.model);
    EXPECT_EQ(trained.space, added.space);
    EXPECT_EQ(trained.state, ModelState::waiting);
    EXPECT_EQ(trained.sample.network, copy.network);
    EXPECT_EQ(trained.sample.complexity, complexity(copy.network));
    EXPECT_EQ(trained.sample.rate, model.sample.rate);
    EXPECT_EQ(study.space(added.space).space.name, "edit of #2");
    EXPECT_ERROR(addCopy(study, copy), "already");
    copy.name = nameOfCopy({"edit of #2"}, model.id);
    EXPECT_EQ(copy.name, "edit of #2 (2)");
    copy.network.stages[0].width = 0;
    EXPECT_ERROR(addCopy(study, copy), "Stage 1 cannot be built");
    EXPECT_EQ(study.totals().total(), 4);
}

} // namespace
} // namespace spacewright
