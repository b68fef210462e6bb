// The numbers of a figure as a table.
#include "core/exchange/figure_table.h"
#include <gtest/gtest.h>

namespace spacewright {
namespace {

Figure twoPanels()
{
    Figure figure;
    figure.panels = {{.title = "errors, \"all\"", .x = {quantityOf("d")}, .y = {quantityOf("error")}},
                     {.x = {quantityOf("w")}, .y = {quantityOf("error")}}};
    figure.panels[0].series = {
        {.kind = Series::Kind::points, .name = "A", .points = {{3, 0.1}}, .models = {ModelId{7}}},
        {.kind = Series::Kind::band, .points = {{1, 2}}, .upper = {{1, 4}}}};
    figure.panels[1].series = {{.name = "fit\tof A", .points = {{1.0 / 3, 5}}}};
    return figure;
}

TEST(FigureTable, writesEachPointWithItsModelAndQuotesTexts)
{
    EXPECT_EQ(toTable(twoPanels(), ','), "panel,series,kind,model,x,error (%),upper\n"
                                         "\"errors, \"\"all\"\"\",A,points,7,3,0.1,\n"
                                         "\"errors, \"\"all\"\"\",series 2,band,,1,2,4\n"
                                         "2,fit\tof A,line,,0.3333333333333333,5,\n");
}

TEST(FigureTable, hasNoTabWithinACellOfTabSeparatedText)
{
    EXPECT_TRUE(toTable(twoPanels(), '\t').ends_with("2\tfit of A\tline\t\t0.3333333333333333\t5\t\n"));
}

} // namespace
} // namespace spacewright
