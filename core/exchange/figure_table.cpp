// The numbers of a figure as a table.
#include "core/exchange/figure_table.h"
#include "core/exchange/table_text.h"

namespace spacewright {
namespace {

/// The axes' own names where all panels have the same.
std::string columnName(const Figure& figure, Axis Panel::*axis, const char* otherwise)
{
    std::string name;
    for (const Panel& panel : figure.panels) {
        if (!name.empty() && name != titleOf((panel.*axis).quantity))
            return otherwise;
        name = titleOf((panel.*axis).quantity);
    }
    return name.empty() ? otherwise : name;
}

void addSeries(TableText& table, const std::string& panel, const Series& series, std::size_t number)
{
    static constexpr const char* kinds[]{"line", "points", "band"};
    const std::string name = series.name.empty() ? "series " + std::to_string(number) : series.name;
    for (std::size_t i = 0; i < series.points.size(); ++i) {
        table.text(panel);
        table.text(name);
        table.text(kinds[static_cast<int>(series.kind)]);
        if (i < series.models.size())
            table.number(static_cast<std::int64_t>(series.models[i]));
        else
            table.nothing();
        table.number(series.points[i].x);
        table.number(series.points[i].y);
        if (i < series.upper.size())
            table.number(series.upper[i].y);
        else
            table.nothing();
        table.endLine();
    }
}

} // namespace

std::string toTable(const Figure& figure, char separator)
{
    TableText table(separator);
    for (const std::string& column :
         {std::string("panel"), std::string("series"), std::string("kind"), std::string("model"),
          columnName(figure, &Panel::x, "x"), columnName(figure, &Panel::y, "y"), std::string("upper")})
        table.text(column);
    table.endLine();
    for (std::size_t i = 0; i < figure.panels.size(); ++i) {
        const Panel& panel = figure.panels[i];
        const std::string title = panel.title.empty() ? std::to_string(i + 1) : panel.title;
        for (std::size_t k = 0; k < panel.series.size(); ++k)
            addSeries(table, title, panel.series[k], k + 1);
    }
    return std::move(table).lines();
}

} // namespace spacewright
