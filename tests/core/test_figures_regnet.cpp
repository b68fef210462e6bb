// The figures of RegNets, their trends, refinements and alternatives: their numbers on small populations.
#include "figure_fixture.h"
#include "study_fixture.h"
#include <cmath>

namespace spacewright {
namespace {

using Points = std::vector<Point>;
using Names = std::vector<std::string>;

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

} // namespace
} // namespace spacewright
