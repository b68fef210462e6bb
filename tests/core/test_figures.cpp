// Figures of any spaces on small populations, and what is said when the spaces that one needs are not there.
#include "core/figures/roles.h"
#include "figure_fixture.h"
#include "study_fixture.h"
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

using Points = std::vector<Point>;
using Names = std::vector<std::string>;

TEST(Figures, theirNamesAreThoseOfTheMethod)
{
    EXPECT_EQ(figureNames(), (Names{"edf", "scatter", "shared", "networks", "ordered", "linear-fit", "regnet",
                                    "generalization", "trends", "complexity", "refined", "alternatives", "recipe",
                                    "difference", "bubbles", "learning"}));
    EXPECT_ERROR(makeFigure("pie", {trained("AnyNetX_A", {15})}), "edf, scatter");
}

TEST(Figures, saySoWhileThereAreNoResults)
{
    for (const std::string& name : figureNames()) {
        EXPECT_ERROR(makeFigure(name, {populationOf("AnyNetX_A", {})}), "no model has a result");
        EXPECT_ERROR(makeFigure(name, {}), "no model has a result");
    }
}

TEST(Figures, recogniseSpacesByTheirConstraints)
{
    for (const char letter : {'A', 'B', 'C', 'D', 'E'}) {
        Space space = unnamed(std::string("AnyNetX_") + letter, {"flops=1M:2M"});
        std::reverse(space.constraints.begin(), space.constraints.end());
        EXPECT_EQ(anyNetLetter(space), letter);
    }
    EXPECT_EQ(anyNetLetter(unnamed("AnyNetX_C", {"b=1:2"})), 0);
    EXPECT_EQ(anyNetLetter(unnamed("RegNetX")), 0);
}

TEST(Figures, generalizationComparesTheOrderOfTheSpaces)
{
    std::vector<Population> all{trained("AnyNetX_A", {30}),          trained("AnyNetX_D", {20}),
                                trained("AnyNetX_E", {10}),          trained("AnyNetX_A-5-stages", {31}),
                                trained("AnyNetX_E-5-stages", {15}), trained("AnyNetV_A", {3}),
                                trained("AnyNetV_E", {5}),           trained("RegNetX-3-stages", {5})};
    const Figure figure = makeFigure("generalization", all);
    ASSERT_EQ(figure.panels.size(), 3u) << "one space with three stages has no order";
    EXPECT_EQ(figure.panels[0].title, "4 stages, X blocks");
    EXPECT_EQ(figure.panels[1].title, "5 stages, X blocks");
    EXPECT_EQ(figure.panels[2].title, "4 stages, V blocks");
    EXPECT_EQ(figure.panels[1].series[1].space, figure.panels[0].series[2].space) << "E has one colour";
    EXPECT_EQ(figure.caption, "Kendall's tau of the order by mean error: "
                              "4 stages, X blocks / 5 stages, X blocks: 1 (2 spaces); "
                              "4 stages, X blocks / 4 stages, V blocks: -1 (2 spaces); "
                              "5 stages, X blocks / 4 stages, V blocks: -1 (2 spaces).");
    EXPECT_ERROR(makeFigure("generalization", {all[0], all[1]}), "several studies");
}

TEST(Figures, generalizationTellsStudiesApartByWhatDiffers)
{
    std::vector<Population> all;
    for (const int epochs : {1, 10})
        for (const char* space : {"AnyNetX_A", "AnyNetX_D"}) {
            all.push_back(trained(space, {20}));
            all.back().recipe.epochs = epochs;
            all.back().study = std::to_string(epochs);
        }
    const Figure figure = makeFigure("generalization", all);
    EXPECT_EQ(figure.panels[0].title, "1 epoch");
    EXPECT_EQ(figure.panels[1].title, "10 epochs");
    EXPECT_EQ(figure.caption, "No two regimes have an order to compare.");
    for (Population& population : all)
        population.recipe = {};
    EXPECT_EQ(makeFigure("generalization", all).panels[1].title, "10")
        << "the studies' names, where nothing else differs";
}

TEST(Figures, recipeShowsTheBestRateAndWeightDecay)
{
    std::vector<Model> models = modelsOf({10, 20, 30, 40});
    for (Model& model : models)
        model.sample.rate = *model.error / 100;
    const Figure figure = makeFigure("recipe", {populationOf("RegNetX", models), trained("AnyNetX_A", {15})});
    ASSERT_EQ(figure.panels.size(), 1u) << "the weight decay is everyone's";
    EXPECT_EQ(figure.panels[0].x.scale, Axis::Scale::log10);
    EXPECT_EQ(figure.panels[0].series[0].points, (Points{{0.1, 10}, {0.2, 20}, {0.3, 30}, {0.4, 40}}));
    EXPECT_EQ(figure.panels[0].best->low, 0.1);
    EXPECT_ERROR(makeFigure("recipe", {trained("RegNetX", {15})}), "--draw rate");
}

TEST(Figures, differenceIsOneEdfLessItsParents)
{
    Population parent = trained("AnyNetX_A", {10, 20, 20, 40});
    Population child = trained("AnyNetX_D", {10, 30});
    child.space.parent = parent.space.id;
    const Panel panel = makeFigure("difference", {parent, child}).panels[0];
    EXPECT_EQ(namesOf(panel), Names{"AnyNetX_D less AnyNetX_A"});
    const std::vector<Point> steps{{0, 0},      {10, 0},    {10, 0.25}, {20, 0.25}, {20, -0.25},
                                   {30, -0.25}, {30, 0.25}, {40, 0.25}, {40, 0},    {100, 0}};
    EXPECT_EQ(panel.series[1].points, steps);
    EXPECT_ERROR(makeFigure("difference", {parent}), "needs two spaces");
}

TEST(Figures, bubblesHaveTheAreaOfTheParameters)
{
    std::vector<Model> models = modelsOf({10, 20});
    models[1].sample.complexity.params = 40000;
    const Panel panel = makeFigure("bubbles", {populationOf("AnyNetX_A", models)}).panels[0];
    EXPECT_EQ(panel.series[0].shares, (std::vector<double>{0.25, 1}));
    EXPECT_EQ(panel.series[0].points[1], (Point{1e6, 20}));
    EXPECT_EQ(panel.series[0].models[1], ModelId{2});
}

void expectFinite(const Figure& figure)
{
    for (const Panel& panel : figure.panels)
        for (const Series& series : panel.series)
            for (const Points* points : {&series.points, &series.upper})
                for (const Point& point : *points)
                    EXPECT_TRUE(std::isfinite(point.x) && std::isfinite(point.y)) << figure.name << ", " << panel.title;
}

TEST(Figures, holdNoNumberThatIsNotFinite)
{
    for (const std::vector<double>& errors : {std::vector<double>(8, 20), {20}, {0, 100, 0, 100}}) {
        std::vector<Population> all;
        for (const char* study : {"a", "b"})
            for (const char* space :
                 {"AnyNetX_A", "AnyNetX_C", "AnyNetX_D", "AnyNetX_E", "RegNetX", "RegNetX-wm2", "RegNetY"}) {
                all.push_back(trained(space, errors));
                all.back().study = study;
                for (Model& model : all.back().counted)
                    model.sample.rate = 0.1;
            }
        for (const std::string& name : figureNames())
            if (name != "learning" &&                                             // that needs a study file
                (errors.size() >= 4 || (name != "trends" && name != "networks"))) // these say so in words
                expectFinite(makeFigure(name, all));
    }
}

} // namespace
} // namespace spacewright
