// Refinement: a child begins with its parent's models, and stays a sample of its own space.
#include "core/study/refinement.h"
#include "core/statistics/population.h"
#include "core/study/sqlite.h"
#include "study_fixture.h"
#include "tests/core/chi_square.h"
#include <algorithm>
#include <set>

namespace spacewright {
namespace {

class RefinementTest : public StudyTest {
protected:
    /// AnyNetX_A with so many models, the first `finished` of which have the error 10 + sample index / 100.
    Study parentOf(int models, int finished)
    {
        Study study = Study::create(file, Recipe{});
        parent = study.addSpace(smallSpace());
        study.growTo(parent, models);
        finish("sample_index < " + std::to_string(finished));
        return study;
    }
    /// Without the queue, whose every result is a write to the disk.
    void finish(const std::string& condition)
    {
        Database(file, Database::Access::readWrite)
            .execute("UPDATE model SET state = 'finished', error = 10 + sample_index / 100.0, finish_order = id "
                     "WHERE state = 'waiting' AND " +
                     condition);
    }
    static Refinement by(const std::string& name, SpaceId of, const char* constraint, int models)
    {
        return {.parent = of, .name = name, .added = {constraintFrom(constraint)}, .note = {}, .models = models};
    }
    static Population populationOf(const Study& study, SpaceId space)
    {
        const auto all = view(study);
        for (const Population& population : all->populations)
            if (population.space.id == space)
                return population;
        throw Error("no such space");
    }

    SpaceId parent{};
};

TEST_F(RefinementTest, theChildHasTheParentsFittingModelsAndDrawsTheRest)
{
    Study study = parentOf(40, 30);
    const Constraint narrower = constraintFrom("d=:20");
    const SpaceId child = refine(study, by("A'", parent, "d=:20", 24));
    const Population before = populationOf(study, parent), after = populationOf(study, child);
    std::set<ModelId> expected, reused;
    for (const Model& model : before.counted)
        if (fulfils(model.sample, narrower))
            expected.insert(model.id);
    ASSERT_GT(expected.size(), 3U);
    ASSERT_LT(expected.size(), 20U);
    for (const Model& model : after.models) {
        EXPECT_TRUE(fulfils(model.sample, narrower));
        if (isReused(after, model))
            reused.insert(model.id);
    }
    EXPECT_EQ(reused, expected);
    EXPECT_EQ(after.models.size(), 24U);
    EXPECT_EQ(after.counts.reused, std::ssize(expected));
    EXPECT_EQ(after.counts.finished, std::ssize(expected));
    EXPECT_EQ(after.counts.waiting, 24 - std::ssize(expected));
    EXPECT_EQ(after.edf->n(), std::ssize(expected));
    EXPECT_TRUE(std::is_sorted(after.models.begin(), after.models.end(),
                               [](const Model& a, const Model& b) { return a.id < b.id; }));
    EXPECT_EQ(before.counts.reused, 0);
    EXPECT_EQ(study.counts()[child].reused, std::ssize(expected));
    EXPECT_EQ(study.counts()[child].total(), 24);
    EXPECT_EQ(study.totals().total(), 40 + 24 - std::ssize(expected)) << "each model once";
    EXPECT_EQ(study.space(child).added, std::vector<Constraint>{narrower});
    EXPECT_EQ(study.space(child).parent, parent);
}

TEST_F(RefinementTest, growingTheChildCountsWhatItReusesAndRepeatsNoNetwork)
{
    Study study = parentOf(400, 400);
    const SpaceId child = refine(study, by("A'", parent, "d=:9", 8));
    const std::size_t reused = populationOf(study, child).models.size();
    ASSERT_GT(reused, 8U) << "more than were asked for: all stay";
    EXPECT_EQ(study.counts()[child].reused, std::ssize(populationOf(study, child).models));
    study.growTo(child, 300);
    const ModelList models = populationOf(study, child).models;
    EXPECT_EQ(models.size(), 300U);
    for (std::size_t i = 0; i < models.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_NE(models[i].sample.network.stages, models[j].sample.network.stages);
}

TEST_F(RefinementTest, aGrandchildReusesWhatItsParentReuses)
{
    Study study = parentOf(60, 60);
    const SpaceId child = refine(study, by("A'", parent, "d=:24", 90));
    finish("space = " + std::to_string(std::int64_t(child)));
    const SpaceId grandchild = refine(study, by("A''", child, "d=:16", 40));
    std::set<SpaceId> homes;
    std::set<ModelId> fitting, reused;
    for (const Model& model : populationOf(study, child).models)
        if (totalDepth(model.sample.network) <= 16)
            fitting.insert(model.id);
    for (const Model& model : populationOf(study, grandchild).models)
        if (model.space != grandchild) {
            homes.insert(model.space);
            reused.insert(model.id);
        }
    EXPECT_EQ(homes, (std::set{parent, child}));
    EXPECT_EQ(reused, fitting);
}

TEST_F(RefinementTest, aDivergedModelIsReusedAndCountsInBothWhenItIsTrainedAgain)
{
    Study study = parentOf(2, 0);
    const ModelId bad = study.claimNext()->id;
    study.finish(bad, ModelState::diverged, 90, "stayed at chance level", 1, 1);
    study.finish(study.claimNext()->id, ModelState::failed, std::nullopt, "no memory", 1, 1);
    const SpaceId child = refine(study, by("A'", parent, "d=1:64", 1));
    EXPECT_EQ(study.counts()[child].diverged, 1);
    EXPECT_EQ(study.counts()[child].total(), 1) << "what failed is no result";
    study.retry(bad);
    EXPECT_EQ(study.counts()[child].waiting, 1);
    study.finish(study.claimNext()->id, ModelState::finished, 12, "", 1, 1);
    EXPECT_EQ(populationOf(study, child).edf->errors, std::vector<double>{12});
    EXPECT_EQ(populationOf(study, parent).edf->errors, std::vector<double>{12});
}

TEST_F(RefinementTest, whatCannotBeRefinedChangesNothing)
{
    Study study = parentOf(4, 4);
    EXPECT_ERROR(refine(study, by("AnyNetX_A", parent, "d=:20", 4)), "has a space named AnyNetX_A already");
    EXPECT_ERROR(refine(study, by("A'", parent, "params=1:2", 4)), "params");
    EXPECT_ERROR(refine(study, by("A'", parent, "w_0=8", 4)), "w_0");
    EXPECT_ERROR(refine(study, by("A'", SpaceId{9}, "d=:20", 4)), "no space 9");
    EXPECT_EQ(study.spaces().size(), 1U);
    EXPECT_EQ(study.totals().total(), 4);
}

TEST_F(RefinementTest, childrenAreDrawnFromRandomNumbersOfTheirOwn)
{
    Study study = parentOf(4, 0);
    std::set<std::uint64_t> seeds{study.space(parent).seed};
    const SpaceId child = refine(study, by("A'", parent, "d=:20", 4));
    seeds.insert(study.space(child).seed);
    seeds.insert(study.space(refine(study, by("A''", child, "d=:16", 4))).seed);
    seeds.insert(study.space(refine(study, by("B", parent, "shared b", 4))).seed);
    EXPECT_EQ(seeds.size(), 4U);
}

TEST_F(RefinementTest, reusedAndDrawnTogetherHaveTheDistributionOfTheChild)
{
    const std::pair<const char*, std::vector<const char*>> rows[] = {
        {"by rejection", {"d=8:14", "params=:1M"}}, {"by tables", {"shared b"}}, {"ordered", {"increasing w"}}};
    Study study = parentOf(12'000, 12'000);
    for (const auto& [name, texts] : rows) {
        SCOPED_TRACE(name);
        Refinement refinement{.parent = parent, .name = name, .added = {}, .note = {}, .models = 6'000};
        for (const char* text : texts)
            refinement.added.push_back(constraintFrom(text));
        const Space space = study.space(refine(study, refinement)).space;
        const Population child = view(study)->populations.back();
        ASSERT_GT(child.counts.reused, 100);
        ASSERT_GT(child.counts.total(), child.counts.reused);
        std::vector<Sample> both;
        for (const Model& model : child.models)
            both.push_back(model.sample);
        const std::vector<Sample> fresh = draw(space, 1234, 8'000).samples;
        for (const char* parameter : {"d", "d1", "w1", "w4", "b1", "g1", "g4", "params"})
            EXPECT_GT(test::sameDistribution(both, fresh, parameter).value(), 0.001) << parameter;
    }
}

} // namespace
} // namespace spacewright
