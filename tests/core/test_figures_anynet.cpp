// The figures of the steps from AnyNetX_A to AnyNetX_E: their numbers on small populations.
#include "core/network/regnet.h"
#include "figure_fixture.h"
#include "study_fixture.h"

namespace spacewright {
namespace {

using Points = std::vector<Point>;
using Names = std::vector<std::string>;

TEST(Figures, sharedShowsEdfsAndTheBestRatioAndGroupWidthOfC)
{
    std::vector<Model> models = modelsOf({10, 20, 30, 40});
    for (Model& model : models)
        for (Stage& stage : model.sample.network.stages)
            stage.bottleneckRatio = *model.error > 20 ? 4 : 1;
    const Figure figure = makeFigure(
        "shared", {populationOf(unnamed("AnyNetX_A"), modelsOf({12, 22})), populationOf(unnamed("AnyNetX_C"), models),
                   populationOf(unnamed("AnyNetX_C", {"b=1:2"}), models), trained("AnyNetX_D", {5})});
    ASSERT_EQ(figure.panels.size(), 3u);
    EXPECT_EQ(namesOf(figure.panels[0]).size(), 3u) << "D orders its widths";
    EXPECT_EQ(figure.panels[1].series[0].points, (Points{{1, 10}, {1, 20}, {4, 30}, {4, 40}}));
    EXPECT_EQ(figure.panels[1].best->best, 1);
    EXPECT_EQ(figure.panels[2].series[0].points, (Points{{8, 10}, {8, 20}, {8, 30}, {8, 40}}));
    EXPECT_ERROR(makeFigure("shared", {trained("AnyNetX_A", {15}), trained("AnyNetX_D", {15})}), "shared b");
}

TEST(Figures, networksPutTheBestLeftAndTheWorstRight)
{
    const Figure figure = makeFigure(
        "networks", {trained("AnyNetX_A", {10, 11, 12, 13}),
                     populationOf(unnamed("AnyNetX_C"), {modelOf({1, 1}, {8, 16}, 30), modelOf({2}, {24}, 20)})});
    ASSERT_EQ(figure.panels.size(), 2u) << "C is the one that the paper shows";
    EXPECT_EQ(figure.panels[0].title, "model 2, error 20.0 %");
    EXPECT_EQ(figure.panels[0].series[0].name, "d 2; w 24");
    EXPECT_EQ(figure.panels[1].series[0].points, (Points{{0.5, 8}, {1.5, 8}, {1.5, 16}, {2.5, 16}}));
    EXPECT_EQ(figure.panels[1].series[0].name, "d 1, 1; w 8, 16");
    for (const Panel& panel : figure.panels) {
        EXPECT_EQ(panel.x.high, 2.5);
        EXPECT_LT(panel.y.low, 8);
        EXPECT_GT(panel.y.high, 24);
    }
    EXPECT_EQ(makeFigure("networks", {trained("AnyNetX_A", std::vector<double>(9, 20))}).panels.size(), 6u);
    EXPECT_ERROR(makeFigure("networks", {trained("AnyNetX_C", {15})}), "at least two");
}

TEST(Figures, orderedComparesOrdersOfWidthsAndOfDepths)
{
    const Figure figure = makeFigure(
        "ordered", {trained("AnyNetX_C", {20}), populationOf(unnamed("AnyNetX_C", {"b=1:2"}), modelsOf({1})),
                    trained("AnyNetX_D", {15}), populationOf(unnamed("AnyNetX_C", {"constant w"}), modelsOf({30})),
                    trained("AnyNetX_E", {14}), populationOf(unnamed("AnyNetX_D", {"decreasing d"}), modelsOf({31}))});
    ASSERT_EQ(figure.panels.size(), 2u);
    EXPECT_EQ(namesOf(figure.panels[0]),
              (Names{"[20.0 | 20.0] AnyNetX_C, n 1", "[15.0 | 15.0] AnyNetX_D: increasing w, n 1",
                     "[30.0 | 30.0] mine constant w: constant w, n 1"}));
    EXPECT_EQ(namesOf(figure.panels[1]),
              (Names{"[15.0 | 15.0] AnyNetX_D, n 1", "[14.0 | 14.0] AnyNetX_E: increasing d, n 1",
                     "[31.0 | 31.0] mine decreasing d: decreasing d, n 1"}));
    EXPECT_ERROR(makeFigure("ordered", {trained("AnyNetX_A", {15})}), "constant w");
}

TEST(Figures, linearFitDrawsTheLineAndTheQuantisedFit)
{
    const RegNetWidths regNet = regNetWidths({.depth = 6, .initialWidth = 16, .slope = 12, .multiplier = 2});
    const Model exact = modelOf(regNet.depths, regNet.widths, 10);
    const Figure figure = makeFigure(
        "linear-fit", {trained("AnyNetX_A", {1}),
                       populationOf("AnyNetX_D", {modelOf({1, 1, 1}, {8, 16, 24}, 20), modelOf({2}, {8}, 30), exact})});
    ASSERT_EQ(figure.panels.size(), 4u) << "the best, two fits, and e_fit of D, which is there beside A";
    EXPECT_EQ(namesOf(figure.panels[0])[0], "1 best of AnyNetX_D, n 3");
    const Panel& fit = figure.panels[1];
    EXPECT_EQ(fit.title, "model 3, error 10.0 %");
    EXPECT_EQ(fit.series[0].points, fit.series[1].points) << "a RegNet is its own fit";
    const Points errors = figure.panels[3].series[0].points;
    ASSERT_EQ(errors.size(), 3u);
    EXPECT_EQ(errors[2], (Point{0, 10}));
    EXPECT_FALSE(figure.panels[3].best) << "three models are too few for a band";
    EXPECT_ERROR(makeFigure("linear-fit", {trained("RegNetX", {15})}), "AnyNet");
}

TEST(Figures, linearFitIsExactForLinearWidths)
{
    const Figure figure = makeFigure("linear-fit", {populationOf("AnyNetX_D", {modelOf({1, 1, 1}, {8, 16, 24}, 20)})});
    const Series& line = figure.panels[0].series.back();
    EXPECT_EQ(line.name, "w = 0 + 8 j, r2 1");
    EXPECT_EQ(line.points, (Points{{1, 8}, {1.5, 12}, {2, 16}, {2.5, 20}, {3, 24}}));
    EXPECT_EQ(makeFigure("linear-fit", {populationOf("AnyNetX_D", {modelOf({1}, {8}, 20)})}).panels[0].series.size(),
              1u)
        << "one block has no line";
}

} // namespace
} // namespace spacewright
