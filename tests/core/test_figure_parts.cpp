// What the figures are made of: EDFs and scatters as exact numbers, axes, words.
#include "core/exchange/figure_json.h"
#include "core/figures/parts.h"
#include "figure_fixture.h"
#include "study_fixture.h"
#include <nlohmann/json.hpp>

namespace spacewright {
namespace {

using Points = std::vector<Point>;

TEST(FigureParts, nameWhatIsMeasured)
{
    EXPECT_EQ(titleOf(quantityOf("d")), "depth d (blocks)");
    EXPECT_EQ(titleOf(quantityOf("w4")), "width w4 of stage 4 (channels)");
    EXPECT_EQ(titleOf(quantityOf("b12")), "bottleneck ratio b12 of stage 12");
    EXPECT_EQ(titleOf(quantityOf("flops")), "flops (multiply-adds)");
    EXPECT_EQ(titleOf(quantityOf("width")), "width") << "an unknown name stays as it is";
    EXPECT_EQ(titleOf(quantityOf("")), "");
    EXPECT_EQ(axisOf("g2").scale, Axis::Scale::log2);
    EXPECT_EQ(axisOf("weight_decay").scale, Axis::Scale::log10);
}

TEST(FigureParts, edfHasExactSteps)
{
    const std::vector<Population> all{trained("AnyNetX_A", {20, 15, 29, 20})};
    const Panel panel = edfPanel(shown(all));
    ASSERT_EQ(panel.series.size(), 1u);
    EXPECT_EQ(panel.series[0].points,
              (Points{{0, 0}, {15, 0}, {15, 0.25}, {20, 0.25}, {20, 0.75}, {29, 0.75}, {29, 1}, {100, 1}}));
    EXPECT_EQ(namesOf(panel), std::vector<std::string>{"[15.0 | 21.0] AnyNetX_A, n 4"});
    EXPECT_EQ(panel.y.low, 0);
    EXPECT_EQ(panel.y.high, 1);
}

TEST(FigureParts, edfBandIsTheStepsMovedAndKeptWithinAllAndNothing)
{
    const std::vector<Population> all{trained("AnyNetX_A", {15, 20, 25, 30, 35, 40, 45, 50})};
    const Panel panel = edfPanel(shown(all), {}, true);
    ASSERT_EQ(panel.series.size(), 2u);
    const Series& band = panel.series[0];
    EXPECT_EQ(band.kind, Series::Kind::band);
    EXPECT_EQ(band.points.front(), (Point{0, 0}));
    EXPECT_EQ(band.upper.front(), (Point{0, dkwHalfWidth(8)}));
    EXPECT_EQ(band.points.back(), (Point{100, 1 - dkwHalfWidth(8)}));
    EXPECT_EQ(band.upper.back(), (Point{100, 1}));
}

TEST(FigureParts, spacesWithoutResultsAreSaidInTheLegendAndKeepTheirColours)
{
    const std::vector<Population> all{populationOf("AnyNetX_A", {}), trained("AnyNetX_D", {14})};
    const Panel panel = edfPanel(shown(all), {}, true, all[1].space.id);
    ASSERT_EQ(panel.series.size(), 3u);
    EXPECT_EQ(panel.series[1].name, "AnyNetX_A, no results yet");
    EXPECT_TRUE(panel.series[1].points.empty());
    EXPECT_TRUE(panel.series[2].strong);
    EXPECT_EQ(withResults(all)[0].colour, 1);
}

TEST(FigureParts, namesakesOfSeveralStudiesAreToldApart)
{
    std::vector<Population> all{trained("AnyNetX_A", {15}), trained("AnyNetX_A", {16}), trained("AnyNetX_D", {17})};
    all[1].study = "b";
    EXPECT_EQ(shown(all)[0].name, "AnyNetX_A (a)");
    EXPECT_EQ(shown(all)[1].name, "AnyNetX_A (b)");
    EXPECT_EQ(shown(all)[2].name, "AnyNetX_D");
}

TEST(FigureParts, aFewVeryHighErrorsDoNotSqueezeTheOthers)
{
    const Axis squeezed = errorAxis({15, 16, 18, 20, 90});
    EXPECT_EQ(squeezed.above, 1);
    EXPECT_EQ(squeezed.low, 14.5);
    EXPECT_EQ(squeezed.high, 21) << "the last that is shown, and half a percent";
    EXPECT_EQ(errorAxis({15, 16, 18, 20, 25}).above, 0);
    EXPECT_EQ(errorAxis({15, 16, 18, 20, 25}).high, 25.5);
}

TEST(FigureParts, theErrorAxisKnowsEqualExtremeAndMissingErrors)
{
    EXPECT_EQ(errorAxis({20, 20, 20}).low, 19.5);
    EXPECT_EQ(errorAxis({20, 20, 20}).high, 20.5);
    EXPECT_EQ(errorAxis({20, 20, 20}).above, 0);
    EXPECT_EQ(errorAxis({0, 100}).low, 0);
    EXPECT_EQ(errorAxis({0, 100}).high, 100);
    EXPECT_FALSE(errorAxis({}).low);
}

TEST(FigureParts, edfOfASpaceWithStoppedModelsIsABand)
{
    Population population = trained("AnyNetX_A", {15, 20});
    population.atLeast = {17, 30};
    const Panel panel = edfPanel(shown({population}), {});
    ASSERT_EQ(panel.series.size(), 2u);
    const Series &band = panel.series[0], &line = panel.series[1];
    EXPECT_EQ(band.kind, Series::Kind::band);
    EXPECT_EQ(band.points.back(), (Point{100, 0.5})) << "the stopped ones may all be worse than any";
    EXPECT_EQ(band.upper.back(), (Point{100, 1}));
    EXPECT_EQ(line.points, band.points);
    EXPECT_EQ(line.name, "[15.0 | >= 17.5] AnyNetX_A, n 2 and 2 stopped early");
}

TEST(FigureParts, scatterSetsTheSelectedSpaceApart)
{
    std::vector<Model> models;
    for (const int depth : {3, 1, 4, 2})
        models.push_back(modelOf({depth}, {16}, 10.0 + depth));
    const std::vector<Population> all{populationOf("AnyNetX_A", models), trained("AnyNetX_D", {14})};
    const std::vector<Scatter> scatters{scatter(all[0], "d"), scatter(all[1], "d")};
    const Panel panel = scatterPanel(shown(all), scatters, "d", all[0].space.id);
    ASSERT_EQ(panel.series.size(), 2u);
    EXPECT_EQ(panel.series[0].ink, Series::Ink::others);
    EXPECT_EQ(panel.series[0].points, (Points{{3, 14}}));
    EXPECT_EQ(panel.series[1].points, (Points{{3, 13}, {1, 11}, {4, 14}, {2, 12}}));
    EXPECT_EQ(namesOf(panel), std::vector<std::string>{"AnyNetX_A, n 4"});
    EXPECT_EQ(panel.best->best, 2) << "one draw of four: each is the best with 1/4";
    EXPECT_FALSE(scatterPanel(shown(all), scatters, "d", all[1].space.id).best) << "one model is too few for a band";
}

TEST(FigureParts, blocksAreStepsAroundTheirIndex)
{
    EXPECT_EQ(blockSteps({8, 8, 16}).points, (Points{{0.5, 8}, {1.5, 8}, {1.5, 8}, {2.5, 8}, {2.5, 16}, {3.5, 16}}));
    EXPECT_TRUE(blockSteps({}).points.empty());
}

TEST(FigureParts, bestModelsComeFirst)
{
    const Population population = trained("AnyNetX_A", {30, 10, 20});
    const std::vector<const Model*> best = bestModels(population, 2);
    ASSERT_EQ(best.size(), 2u);
    EXPECT_EQ(modelTitle(*best[0]), "model 2, error 10.0 %");
    EXPECT_EQ(modelTitle(*best[1]), "model 3, error 20.0 %");
    EXPECT_EQ(bestModels(population, 9).size(), 3u);
}

TEST(FigureParts, aFigureIsWrittenAsJson)
{
    const Figure figure = makeFigure("scatter", {trained("AnyNetX_A", {10, 20, 30, 40})}, {.parameter = "w2"});
    const auto json = nlohmann::json::parse(toJson(figure));
    EXPECT_EQ(json["figure"], "scatter");
    EXPECT_EQ(json["caption"], "");
    const auto& panel = json["panels"][0];
    EXPECT_EQ(panel["x"],
              nlohmann::json::parse(R"({"name": "width w2 of stage 2", "unit": "channels", "scale": "linear"})"));
    EXPECT_EQ(panel["y"]["name"], "error");
    EXPECT_EQ(panel["series"][0]["points"], nlohmann::json::parse("[[32,10],[32,20],[32,30],[32,40]]"));
    EXPECT_EQ(panel["series"][0]["kind"], "points");
    EXPECT_EQ(panel["best"], nlohmann::json::parse(R"({"low": 32, "best": 32, "high": 32})"));
    const auto edf = nlohmann::json::parse(toJson(makeFigure("edf", {trained("AnyNetX_A", {10, 20})}, {.band = true})));
    EXPECT_EQ(edf["panels"][0]["series"][0]["upper"].size(), edf["panels"][0]["series"][0]["points"].size());
    EXPECT_TRUE(edf["panels"][0]["best"].is_null());
}

} // namespace
} // namespace spacewright
