// Every figure's numbers on small populations, and what is said when the spaces that it needs are not there.
#include "core/figures/roles.h"
#include "core/network/regnet.h"
#include "figure_fixture.h"
#include "study_fixture.h"

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

TEST(Figures, regNetIsComparedWithAnyNetsAndItsOwnRestrictions)
{
    const Figure figure =
        makeFigure("regnet", {trained("RegNetY", {1}), trained("AnyNetX_A", {10, 30}), trained("RegNetX", {10, 20}),
                              trained("RegNetX-wm2", {12}), trained("RegNetX-refined", {13})});
    ASSERT_EQ(figure.panels.size(), 3u);
    EXPECT_EQ(namesOf(figure.panels[0]), (Names{"[10.0 | 20.0] AnyNetX_A, n 2", "[10.0 | 15.0] RegNetX, n 2"}))
        << "RegNetY is another block, RegNetX-refined is restricted";
    EXPECT_EQ(namesOf(figure.panels[1]),
              (Names{"[10.0 | 15.0] RegNetX, n 2", "[12.0 | 12.0] RegNetX-wm2: w_m=2, n 1"}));
    EXPECT_EQ(figure.panels[2].series[0].points, (Points{{1, 20}, {2, 15}})) << "the mean, and 3/4 of the best";
    EXPECT_ERROR(makeFigure("regnet", {trained("AnyNetX_A", {15}), trained("AnyNetX_E", {15})}), "RegNetX");
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

/// RegNets whose best depth is their flops in M.
std::vector<Model> regNetModels(const std::vector<int>& flops)
{
    std::vector<Model> models;
    for (const int m : flops)
        for (int i = 0; i < 4; ++i) {
            models.push_back(modelOf({m + i}, {16}, 10.0 + i));
            models.back().sample.complexity.flops = m * 1000000;
        }
    return models;
}

TEST(Figures, trendsFollowTheBestValuesOverSeparateRangesOfFlops)
{
    const Figure figure = makeFigure("trends", {populationOf("RegNetX", regNetModels({9})),
                                                populationOf("RegNetX", regNetModels({2})), trained("AnyNetX_A", {1})});
    const Panel& depths = figure.panels[0];
    EXPECT_EQ(depths.x.scale, Axis::Scale::log10);
    EXPECT_EQ(depths.series[0].points, (Points{{2e6, 2}, {9e6, 9}}));
    EXPECT_EQ(depths.series[0].upper, (Points{{2e6, 5}, {9e6, 12}}));
    EXPECT_EQ(depths.series[1].points, (Points{{2e6, 3}, {9e6, 10}}));
    EXPECT_EQ(figure.panels.size(), 3u) << "d, b and g; these models were made without w_0";
}

TEST(Figures, trendsCutOneRangeOfFlopsIntoEqualParts)
{
    std::vector<int> flops;
    for (int m = 1; m <= 18; ++m)
        flops.push_back(m);
    const Figure figure = makeFigure("trends", {populationOf("RegNetX", regNetModels(flops))});
    EXPECT_EQ(figure.panels[0].series[1].points.size(), 6u) << "72 models";
    EXPECT_EQ(figure.caption, "Models of RegNetX; regimes hold about equally many models.");
    const Figure one = makeFigure("trends", {populationOf("RegNetX", regNetModels({3}))});
    ASSERT_EQ(one.panels[0].series[1].points.size(), 2u) << "a single regime is drawn over its range";
    EXPECT_ERROR(makeFigure("trends", {trained("RegNetX", {15, 16, 17})}), "at least 4");
}

TEST(Figures, complexityFitsTrainingTimeAndTheBestModels)
{
    std::vector<Model> models;
    for (const int m : {1, 4, 9}) {
        models.push_back(modelOf({1}, {16}, 10));
        models.back().sample.complexity = {m * 1000000, m * 1000, static_cast<int>(std::lround(std::sqrt(m))) * 100};
        models.back().imagesPerSecond = 1000.0 / m;
    }
    models.push_back(models[0]);
    models.back().imagesPerSecond = 0; // not measured
    models.back().error = 50;
    const Figure figure = makeFigure("complexity", {populationOf("RegNetX", models)});
    ASSERT_EQ(figure.panels.size(), 5u);
    EXPECT_EQ(figure.panels[0].series[0].points, (Points{{1e6, 1}, {4e6, 4}, {9e6, 9}}));
    EXPECT_EQ(namesOf(figure.panels[0]), (Names{"RegNetX", "line, r2 1"}));
    EXPECT_EQ(namesOf(figure.panels[3]), (Names{"0.1 sqrt(flops), r2 1"}));
    EXPECT_EQ(figure.panels[3].series[0].points, (Points{{1e6, 100}, {4e6, 200}, {9e6, 300}}));
    EXPECT_EQ(namesOf(figure.panels[4]), (Names{"line, r2 1"}));
}

TEST(Figures, complexityLeavesOutWhatCannotBeFitted)
{
    std::vector<Model> models = modelsOf({10, 20});
    EXPECT_EQ(namesOf(makeFigure("complexity", {populationOf("RegNetX", models)}).panels[0]), Names{"RegNetX"})
        << "all have the same flops";
    for (Model& model : models)
        model.imagesPerSecond = 0;
    const Figure figure = makeFigure("complexity", {populationOf("RegNetX", models)});
    EXPECT_EQ(figure.panels.size(), 2u);
    EXPECT_EQ(figure.caption, "No model has a measured training time.");
}

TEST(Figures, refinedSaysWhatEachSpaceIsRestrictedTo)
{
    const Figure figure = makeFigure(
        "refined", {populationOf(unnamed("RegNetX", {"flops=1M:2M"}), modelsOf({20})),
                    populationOf(unnamed("RegNetX-refined", {"flops=1M:2M", "params=:4M"}), modelsOf({15}))});
    EXPECT_EQ(namesOf(figure.panels[0])[0], "[20.0 | 20.0] mine flops=1M:2M, n 1") << "both are limited to these flops";
    EXPECT_EQ(namesOf(figure.panels[0])[1], "[15.0 | 15.0] mine flops=1M:2M params=:4M: b = 1, d <= 40, 2 <= w_m, "
                                            "params <= 4 M, n 1");
    EXPECT_ERROR(makeFigure("refined", {trained("RegNetX", {15})}), "d=:40");
}

TEST(Figures, alternativesAreHeldAgainstThePlainSpace)
{
    Space swish = unnamed("RegNetX");
    swish.prototype.activation = Activation::silu;
    Space small = unnamed("RegNetX");
    small.prototype.resolution = 128;
    const Figure figure =
        makeFigure("alternatives", {trained("RegNetX", {20}), trained("RegNetX-inverted", {21}),
                                    trained("RegNetX-depthwise", {22}), trained("RegNetY", {19}),
                                    populationOf(swish, modelsOf({18})), populationOf(small, modelsOf({23}))});
    ASSERT_EQ(figure.panels.size(), 4u);
    EXPECT_EQ(figure.panels[0].title, "block");
    EXPECT_EQ(namesOf(figure.panels[0])[2], "[21.0 | 21.0] RegNetX-inverted: b from 0.125, n 1");
    EXPECT_EQ(namesOf(figure.panels[0])[3], "[22.0 | 22.0] RegNetX-depthwise: g = 1, n 1");
    EXPECT_EQ(namesOf(figure.panels[1])[2], "[19.0 | 19.0] RegNetY: SE 0.25, n 1");
    EXPECT_EQ(figure.panels[2].title, "activation");
    EXPECT_EQ(namesOf(figure.panels[3])[1], "[23.0 | 23.0] mine (a): 128 pixels, n 1");
    EXPECT_ERROR(makeFigure("alternatives", {trained("RegNetX", {15})}), "RegNetX-inverted");
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

void expectFinite(const Figure& figure)
{
    for (const Panel& panel : figure.panels)
        for (const Series& series : panel.series)
            for (const Points* points : {&series.points, &series.upper})
                for (const Point& point : *points)
                    EXPECT_TRUE(std::isfinite(point.x) && std::isfinite(point.y)) << figure.name << ", " << panel.title;
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
