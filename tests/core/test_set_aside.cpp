// Setting aside: what was undone is not trained any further, and nothing of it is lost.
#include "core/statistics/population.h"
#include "study_fixture.h"

namespace spacewright {
namespace {

class SetAsideTest : public StudyTest {
protected:
    /// A, its children B and C, B's child D, one model each.
    SetAsideTest() : study(Study::create(file, Recipe{}))
    {
        a = add({});
        b = add(a);
        c = add(a);
        d = add(b);
    }
    SpaceId add(std::optional<SpaceId> parent)
    {
        StudySpace space = smallSpace();
        space.parent = parent;
        return study.addSpace(space, {smallSample(static_cast<int>(study.spaces().size()))});
    }
    /// The spaces of the models that can be claimed, in that order.
    std::vector<SpaceId> claimed()
    {
        std::vector<Model> models;
        std::vector<SpaceId> spaces;
        while (const auto model = study.claimNext()) {
            models.push_back(*model);
            spaces.push_back(model->space);
        }
        for (const Model& model : models)
            study.release(model.id);
        return spaces;
    }

    Study study;
    SpaceId a{}, b{}, c{}, d{};
};

TEST_F(SetAsideTest, aBranchIsNotClaimedUntilItIsTakenUpAgain)
{
    EXPECT_EQ(claimed(), (std::vector{a, b, c, d}));
    study.setAside(b, true);
    EXPECT_EQ(claimed(), (std::vector{a, c}));
    EXPECT_TRUE(study.space(d).setAside);
    EXPECT_FALSE(study.space(c).setAside);
    study.setAside(b, false);
    EXPECT_EQ(claimed(), (std::vector{a, b, c, d}));
}

TEST_F(SetAsideTest, takingUpASpaceTakesUpWhatItWasNarrowedFrom)
{
    study.setAside(a, true);
    EXPECT_TRUE(claimed().empty());
    study.setAside(d, false);
    EXPECT_EQ(claimed(), (std::vector{a, b, c, d}));
}

TEST_F(SetAsideTest, aChildThatWasSetAsideStaysSoWhenItsParentIsTakenUp)
{
    study.setAside(d, true);
    study.setAside(b, true);
    study.setAside(b, false);
    EXPECT_EQ(claimed(), (std::vector{a, b, c}));
}

TEST_F(SetAsideTest, whatIsSetAsideDoesNotWait)
{
    study.setAside(b, true);
    EXPECT_EQ(study.totals().waiting, 2);
    EXPECT_EQ(study.totals().setAside, 2);
    EXPECT_EQ(study.counts()[d].setAside, 1);
    EXPECT_EQ(study.counts()[d].total(), 1);
    EXPECT_EQ(view(study)->populations[3].counts.setAside, 1);
}

TEST_F(SetAsideTest, resultsStay)
{
    Model model;
    do
        model = *study.claimNext();
    while (model.space != b);
    study.finish(model.id, ModelState::finished, 12, "", 1, 1);
    study.setAside(b, true);
    EXPECT_EQ(study.model(model.id).error, 12);
    EXPECT_FALSE(study.model(model.id).setAside);
    EXPECT_EQ(study.counts()[b].finished, 1);
}

TEST_F(SetAsideTest, singleModelsAreSetAsideAndTakenUp)
{
    const std::vector<ModelId> added = study.growTo(c, 3);
    ASSERT_EQ(added.size(), 2U);
    study.setAside(added, true);
    EXPECT_EQ(study.counts()[c].waiting, 1);
    EXPECT_EQ(study.counts()[c].setAside, 2);
    EXPECT_TRUE(study.model(added[0]).setAside);
    study.setAside(added, false);
    EXPECT_EQ(study.counts()[c].waiting, 3);
}

TEST_F(SetAsideTest, anUnknownSpaceIsNamed)
{
    EXPECT_ERROR(study.setAside(SpaceId{99}, true), "no space 99");
}

} // namespace
} // namespace spacewright
