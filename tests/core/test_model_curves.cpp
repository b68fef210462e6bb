// Curves of single trainings: what is drawn of one model, and of two.
#include "core/figures/model_curves.h"
#include <gtest/gtest.h>
#include <cmath>

namespace spacewright {
namespace {

const std::vector<Epoch> three{{1, 0.1, 2.0, 60, 50, 1}, {2, 0.05, 1.0, 30, 40, 1}, {3, 0, 0.5, 10, 35, 1}};

std::vector<const Series*> lines(const Panel& panel)
{
    std::vector<const Series*> found;
    for (const Series& series : panel.series)
        if (series.kind == Series::Kind::line)
            found.push_back(&series);
    return found;
}

TEST(ModelCurves, ofOneModelShowTrainingAndValidation)
{
    const std::vector<Panel> panels = trainingPanels({{"#7", 2, three}});
    ASSERT_EQ(panels.size(), 2u);
    const auto errors = lines(panels[0]);
    ASSERT_EQ(errors.size(), 2u);
    EXPECT_EQ(errors[0]->name, "training");
    EXPECT_EQ(errors[0]->ink, Series::Ink::best);
    EXPECT_EQ(errors[1]->name, "validation");
    EXPECT_EQ(errors[1]->space, 2);
    EXPECT_EQ(errors[1]->points, (std::vector<Point>{{1, 50}, {2, 40}, {3, 35}}));
    ASSERT_EQ(lines(panels[1]).size(), 1u);
    EXPECT_EQ(lines(panels[1])[0]->points.back(), (Point{3, 0.5}));
    EXPECT_EQ(panels[0].x.high, 3);
}

TEST(ModelCurves, ofTwoModelsShowValidationInTwoInks)
{
    const std::vector<Panel> panels = trainingPanels({{"#7", 2, three}, {"#8", 2, {{1, 0.1, 1.9, 55, 45, 1}}}});
    const auto errors = lines(panels[0]);
    ASSERT_EQ(errors.size(), 2u);
    EXPECT_EQ(errors[0]->name, "#7");
    EXPECT_EQ(errors[1]->name, "#8");
    EXPECT_EQ(errors[0]->ink, Series::Ink::space);
    EXPECT_EQ(errors[1]->ink, Series::Ink::best);
    EXPECT_EQ(lines(panels[1]).size(), 2u);
}

TEST(ModelCurves, markTheOnlyEpochAndLeaveOutWhatIsNoNumber)
{
    const std::vector<Panel> one = trainingPanels({{"#7", 0, {{1, 0.1, NAN, 60, 50, 1}}}});
    ASSERT_EQ(one.size(), 2u);
    EXPECT_EQ(one[0].series[0].kind, Series::Kind::points);
    EXPECT_GT(*one[0].x.high, 1) << "a chart needs some width";
    EXPECT_TRUE(one[1].series.empty());
    EXPECT_TRUE(trainingPanels({{"#7", 0, {}}}).empty());
}

} // namespace
} // namespace spacewright
