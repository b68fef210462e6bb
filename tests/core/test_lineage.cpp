// Verdicts of all spaces against their parents, and the paper's walk.
#include "core/statistics/lineage.h"
#include "core/figures/paper_path.h"
#include "study_fixture.h"

namespace spacewright {
namespace {

Population populationOf(int id, std::optional<int> parent, const std::vector<double>& errors)
{
    Population population;
    population.space.id = SpaceId{id};
    population.space.space.name = std::string("S") + std::to_string(id);
    if (parent)
        population.space.parent = SpaceId{*parent};
    for (const double error : errors) {
        Model model;
        model.id = ModelId{100 * id + std::ssize(population.counted)};
        model.error = error;
        model.finishOrder = std::ssize(population.counted) + 1;
        population.counted.push_back(model);
    }
    return population;
}

TEST(Lineage, everyChildHasAVerdictAgainstItsParent)
{
    StudyView study;
    study.populations = {
        populationOf(1, {}, {30, 31, 32, 33, 34, 35, 36, 37}), populationOf(2, 1, {10, 11, 12, 13, 14, 15, 16, 17}),
        populationOf(3, 2, {50, 51, 52, 53, 54, 55, 56, 57}),
        populationOf(4, 1, {30.5, 31.5, 32.5, 33.5, 34.5, 35.5, 36.5, 36}), populationOf(5, 1, {30, 31})};
    Lineage lineage;
    const auto verdicts = lineage.of(study);
    ASSERT_EQ(verdicts.size(), 4U);
    EXPECT_EQ(verdicts.at(SpaceId{2}).kind, ParentVerdict::Kind::better);
    EXPECT_EQ(verdicts.at(SpaceId{3}).kind, ParentVerdict::Kind::worse);
    EXPECT_EQ(verdicts.at(SpaceId{4}).kind, ParentVerdict::Kind::undecided);
    EXPECT_EQ(verdicts.at(SpaceId{5}).kind, ParentVerdict::Kind::tooFew);
    EXPECT_EQ(verdicts.at(SpaceId{5}).sentence, "With 2 models more of S5, S5 can be compared with S1.");
    EXPECT_PRED_FORMAT2(testing::IsSubstring, "S2 is better than S1", verdicts.at(SpaceId{2}).sentence);
}

TEST(Lineage, aStopLeavesOnlyWhatIsKnownAndNewResultsAreSeen)
{
    StudyView study;
    study.populations = {populationOf(1, {}, {30, 31, 32, 33, 34, 35}), populationOf(2, 1, {10, 11, 12, 13, 14, 15})};
    Lineage lineage;
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(lineage.of(study, stop.get_token()).empty());
    lineage.of(study);
    EXPECT_EQ(lineage.of(study, stop.get_token()).size(), 1U);
    study.populations[1] = populationOf(2, 1, {60, 61, 62, 63, 64, 65, 66});
    EXPECT_TRUE(lineage.of(study, stop.get_token()).empty());
    EXPECT_EQ(lineage.of(study).at(SpaceId{2}).kind, ParentVerdict::Kind::worse);
}

class PaperPath : public StudyTest {};

TEST_F(PaperPath, leadsFromAToTheRegNetStepByStep)
{
    Study study = Study::create(file, Recipe{});
    StudySpace root = smallSpace();
    root.space = constrained(root.space, constraintFrom("flops=:30M"));
    const SpaceId a = study.addSpace(root);
    std::vector<std::string> names;
    SpaceId last = a;
    for (PaperPlace place = paperPlace(study.spaces(), a); place.step; place = paperPlace(study.spaces(), a)) {
        EXPECT_EQ(place.from, last);
        names.push_back(place.step->name);
        last = takePaperStep(study, place.from, *place.step, 3);
    }
    EXPECT_EQ(names, (std::vector<std::string>{"AnyNetX_B", "AnyNetX_C", "AnyNetX_D", "AnyNetX_E", "RegNetX"}));
    const StudySpace regNet = study.space(last);
    EXPECT_EQ(regNet.space.family, Space::Family::regNet);
    EXPECT_EQ(regNet.space.constraints, std::vector{constraintFrom("flops=:30M")});
    EXPECT_EQ(regNet.space.prototype, root.space.prototype);
    EXPECT_EQ(study.counts()[last].waiting, 3);
    EXPECT_FALSE(regNet.note.empty());
}

TEST_F(PaperPath, aStepThatWasSetAsideIsTakenAnewUnderAnotherName)
{
    Study study = Study::create(file, Recipe{});
    const SpaceId a = study.addSpace(smallSpace());
    const SpaceId b = takePaperStep(study, a, *paperPlace(study.spaces(), a).step, 2);
    study.setAside(b, true);
    const PaperPlace place = paperPlace(study.spaces(), a);
    EXPECT_EQ(place.from, a);
    EXPECT_EQ(place.step->name, "AnyNetX_B'");
}

TEST_F(PaperPath, ASpaceWithOtherConstraintsIsOffThePath)
{
    Study study = Study::create(file, Recipe{});
    StudySpace space = smallSpace();
    space.space = constrained(space.space, constraintFrom("w4=64:"));
    const SpaceId id = study.addSpace(space);
    EXPECT_FALSE(paperPlace(study.spaces(), id).step);
}

} // namespace
} // namespace spacewright
