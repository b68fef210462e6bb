// Populations as read from a study: what counts, what is counted, and scatter plots.
#include "core/statistics/population.h"
#include <gtest/gtest.h>
#include <cmath>
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

} // namespace
} // namespace spacewright
