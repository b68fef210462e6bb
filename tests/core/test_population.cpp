// Populations as read from a study: what counts, what is counted, and scatter plots.
#include "core/statistics/population.h"
#include <gtest/gtest.h>
#include <cmath>
#include <utility>
#include <unistd.h>

namespace spacewright {
namespace {

Sample sampleOf(int index, int depth)
{
    Sample sample;
    sample.index = index;
    sample.network.stages = {Stage{.depth = depth, .width = 16 + 8 * index}};
    sample.complexity = complexity(sample.network);
    sample.drawnGroupWidths = {8};
    return sample;
}

class PopulationTest : public testing::Test {
protected:
    PopulationTest()
        : m_folder(std::filesystem::temp_directory_path() / ("spacewright-population" + std::to_string(getpid())))
    {
        std::filesystem::create_directories(m_folder);
        m_study = std::make_unique<Study>(Study::create(m_folder / "a.study", Recipe{}));
        StudySpace space;
        space.space = namedSpace("AnyNetX_A");
        m_space = m_study->addSpace(space);
        m_study->addModels(m_space, {sampleOf(0, 3), sampleOf(1, 1), sampleOf(2, 4), sampleOf(3, 2), sampleOf(4, 5)},
                           5);
    }
    ~PopulationTest() override
    {
        m_study.reset();
        std::filesystem::remove_all(m_folder);
    }

    void finishNext(ModelState state, std::optional<double> error)
    {
        const Model model = m_study->claimNext().value();
        m_study->finish(model.id, state, error, "", 1, 1000);
    }

    std::filesystem::path m_folder;
    std::unique_ptr<Study> m_study;
    SpaceId m_space{};
};

TEST_F(PopulationTest, hasNoDistributionBeforeAnyResult)
{
    const auto shown = view(*m_study);
    ASSERT_EQ(shown->populations.size(), 1u);
    EXPECT_FALSE(shown->populations[0].edf);
    EXPECT_EQ(shown->populations[0].counts.waiting, 5);
    EXPECT_TRUE(scatter(shown->populations[0], "d").values.empty());
}

TEST_F(PopulationTest, knowsItsStudyAndRecipe)
{
    const auto shown = view(*m_study);
    EXPECT_EQ(shown->populations[0].study, "a");
    EXPECT_EQ(shown->populations[0].recipe, m_study->recipe());
}

TEST_F(PopulationTest, countsDivergedModelsAtChanceOrLeavesThemOut)
{
    finishNext(ModelState::finished, 20);
    finishNext(ModelState::diverged, 90);
    finishNext(ModelState::failed, std::nullopt);
    m_study->claimNext();
    const auto withThem = view(*m_study, DivergedModels::atChance);
    const Population& population = withThem->populations[0];
    ASSERT_TRUE(population.edf);
    EXPECT_EQ(population.edf->errors, (std::vector<double>{20, 90}));
    EXPECT_EQ(population.models.size(), 5u);
    EXPECT_EQ(population.counts.waiting, 1);
    EXPECT_EQ(population.counts.running, 1);
    EXPECT_EQ(population.counts.finished, 1);
    EXPECT_EQ(population.counts.diverged, 1);
    EXPECT_EQ(population.counts.failed, 1);

    const auto without = view(*m_study, DivergedModels::leftOut);
    EXPECT_EQ(without->populations[0].edf->errors, (std::vector<double>{20}));
    EXPECT_EQ(without->populations[0].counts.diverged, 1) << "left out of the errors, never of the counts";
}

std::vector<ModelState> statesOf(const StudyView& view)
{
    std::vector<ModelState> states;
    for (const Model& model : view.populations[0].models)
        states.push_back(model.state);
    return states;
}

TEST_F(PopulationTest, aFollowedStudySharesWhatHasNotChanged)
{
    StudyFollower follower;
    const auto before = follower.view(*m_study, DivergedModels::atChance);
    finishNext(ModelState::finished, 20);
    const auto after = follower.view(*m_study, DivergedModels::atChance);
    const ModelList &old = before->populations[0].models, &now = after->populations[0].models;
    EXPECT_NE(old.shared(0), now.shared(0));
    EXPECT_EQ(old[0].state, ModelState::waiting) << "what was shown stays as it was";
    for (std::size_t i = 1; i < now.size(); ++i)
        EXPECT_EQ(old.shared(i), now.shared(i));
    EXPECT_EQ(now.shared(0), after->populations[0].counted.shared(0));
}

TEST_F(PopulationTest, aFollowedStudyIsAlwaysWhatItIsReadAfresh)
{
    StudyFollower follower;
    const auto expectSame = [&](const char* after) {
        const auto followed = follower.view(*m_study, DivergedModels::atChance), fresh = view(*m_study);
        EXPECT_EQ(statesOf(*followed), statesOf(*fresh)) << after;
        EXPECT_EQ(followed->populations[0].counts, fresh->populations[0].counts) << after;
        EXPECT_EQ(followed->populations[0].counted.size(), fresh->populations[0].counted.size()) << after;
    };
    expectSame("opening");
    const Model claimed = m_study->claimNext().value();
    expectSame("a claim");
    m_study->release(claimed.id);
    expectSame("a release");
    finishNext(ModelState::diverged, 90);
    expectSame("a result");
    m_study->retry(claimed.id);
    expectSame("another try");
    finishNext(ModelState::finished, 20);
    finishNext(ModelState::failed, std::nullopt);
    expectSame("two results");
    m_study->addModels(m_space, {sampleOf(5, 2)}, 6);
    expectSame("more models");
    const std::string cluster = std::string(borrowerPrefix) + "here", other = std::string(borrowerPrefix) + "there";
    const std::vector<ModelId> lent = m_study->lend(m_study->waiting(), cluster);
    ASSERT_EQ(lent.size(), 4U);
    expectSame("models on a cluster");
    EXPECT_EQ(follower.view(*m_study, DivergedModels::atChance)->populations[0].counts.lent, 4);
    Model trained = m_study->model(lent[0]);
    trained.state = ModelState::finished;
    trained.error = 30;
    m_study->recordLent(cluster, {{trained, {}}});
    expectSame("a cluster's result");
    m_study->takeBack({lent[1]}, cluster);
    expectSame("a model taken back");
    m_study->lend({lent[1]}, other);
    m_study->takeBack({lent[2]}, cluster);
    expectSame("as many on a cluster, but not the same");
    StudySpace child;
    child.space = namedSpace("AnyNetX_B");
    child.parent = m_space;
    m_study->addSpace(child, {sampleOf(0, 2)}, {claimed.id});
    const auto both = follower.view(*m_study, DivergedModels::atChance);
    ASSERT_EQ(both->populations.size(), 2U);
    EXPECT_EQ(both->populations[1].models.shared(0), both->populations[0].models.shared(0)) << "a reused model";
}

TEST(ModelList, isAValueThatSharesItsModels)
{
    ModelList list;
    list.emplace_back().id = ModelId{1};
    const ModelList copy = list;
    EXPECT_EQ(copy.shared(0), list.shared(0));
    for (Model& model : list)
        model.id = ModelId{2};
    EXPECT_EQ(copy[0].id, ModelId{1});
    EXPECT_EQ(std::as_const(list)[0].id, ModelId{2});
}

TEST_F(PopulationTest, scatterHasABandFromFourModelsOn)
{
    for (const double error : {30.0, 20.0, 40.0})
        finishNext(ModelState::finished, error);
    EXPECT_FALSE(scatter(view(*m_study)->populations[0], "d").band);
    finishNext(ModelState::finished, 50);
    const auto shown = view(*m_study);
    const Scatter depths = scatter(shown->populations[0], "d");
    EXPECT_EQ(depths.values, (std::vector<double>{3, 1, 4, 2}));
    EXPECT_EQ(depths.errors, (std::vector<double>{30, 20, 40, 50}));
    ASSERT_EQ(depths.ids.size(), 4u);
    EXPECT_EQ(depths.ids[2], shown->populations[0].counted[2].id);
    ASSERT_TRUE(depths.band);
    EXPECT_EQ(depths.band->low, 1); // one draw of four: any model is the best with 1/4
    EXPECT_EQ(depths.band->best, 2);
    EXPECT_EQ(depths.band->high, 4);
}

TEST_F(PopulationTest, scatterLeavesOutModelsWithoutTheValue)
{
    finishNext(ModelState::finished, 30);
    EXPECT_TRUE(scatter(view(*m_study)->populations[0], "w4").values.empty()) << "the networks have one stage";
    EXPECT_EQ(scatter(view(*m_study)->populations[0], "w1").values, (std::vector<double>{16}));
}

TEST(Population, ofAnotherStudyKeepsItsFamilyWhenItIsJoined)
{
    Population wide, narrow;
    wide.space.id = SpaceId{1};
    narrow.space.id = SpaceId{2};
    narrow.space.parent = wide.space.id;
    narrow.ancestors = {wide.space.id};
    std::vector<Population> all{wide, narrow};
    join(all, {wide, narrow});
    ASSERT_EQ(all.size(), 4);
    EXPECT_EQ(all[1].space.parent, SpaceId{1}); // the first study's stay as they are
    EXPECT_EQ(all[2].space.id, SpaceId{3});
    EXPECT_EQ(all[3].space.id, SpaceId{4});
    EXPECT_EQ(all[3].space.parent, SpaceId{3});
    EXPECT_EQ(all[3].ancestors, std::vector{SpaceId{3}});
}

} // namespace

} // namespace spacewright
