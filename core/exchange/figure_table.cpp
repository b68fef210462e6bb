// The numbers of a figure as a table.
#include "core/exchange/figure_table.h"
#include <algorithm>
#include <charconv>

namespace spacewright {
namespace {

class FigureTable {
public:
    explicit FigureTable(char separator) : m_separator(separator) {}

    void text(std::string cell)
    {
        begin();
        if (m_separator == '\t') {
            std::replace_if(
                cell.begin(), cell.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
            m_lines += cell;
            return;
        }
        if (cell.find_first_of(std::string("\"\r\n") + m_separator) == std::string::npos) {
            m_lines += cell;
            return;
        }
        m_lines += '"';
        for (const char c : cell)
            m_lines += c == '"' ? std::string("\"\"") : std::string(1, c);
        m_lines += '"';
    }
    template <typename Number>
    void number(Number value)
    {
        begin();
        char digits[32];
        m_lines.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    }
    void nothing() { begin(); }
    void endLine()
    {
        m_lines += '\n';
        m_first = true;
    }
    std::string lines() && { return std::move(m_lines); }

private:
    void begin()
    {
        if (!m_first)
            m_lines += m_separator;
        m_first = false;
    }
    char m_separator;
    bool m_first = true;
    std::string m_lines;
};

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

void addSeries(FigureTable& table, const std::string& panel, const Series& series, std::size_t number)
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
    FigureTable table(separator);
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
