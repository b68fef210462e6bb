// A report as Markdown, without pictures.
#include "core/exchange/report.h"

namespace spacewright {
namespace {

/// What Markdown would take for its own.
std::string escaped(const std::string& text)
{
    std::string result;
    for (const char c : text) {
        if (std::string("\\|*_<>[]`#").find(c) != std::string::npos)
            result += '\\';
        result += c == '\n' ? ' ' : c;
    }
    return result;
}

std::string line(const Report::Row& row)
{
    std::string text = "|";
    for (const std::string& cell : row)
        text += " " + escaped(cell) + " |";
    return text + "\n";
}

std::string table(const Report::Row& header, const std::vector<Report::Row>& rows)
{
    std::string text = line(header) + "|";
    for (std::size_t i = 0; i < header.size(); ++i)
        text += "---|";
    text += "\n";
    for (const Report::Row& row : rows)
        text += line(row);
    return text;
}

} // namespace

std::string reportMarkdown(const Report& report)
{
    std::string text = "# " + escaped(report.title) + "\n\n## Journal\n\n";
    for (const ReportSpace& space : report.journal) {
        text += std::string(static_cast<std::size_t>(2 * space.level), ' ') + "- **" + escaped(space.name) + "** " +
                escaped(space.errors) + ", n " + space.models;
        for (const std::string* part : {&space.narrowedBy, &space.note, &space.verdict})
            text += part->empty() ? "" : "; " + escaped(*part);
        text += space.setAside ? "; set aside\n" : "\n";
    }
    const std::vector<Report::Row> best(report.best.begin() + 1, report.best.end());
    text += "\n## Best models\n\n" + table(report.best.front(), best);
    text += "\n## Recipe\n\n" + table({"name", "value"}, report.recipe);
    text += "\n## Environment\n\n" + table({"name", "value"}, report.environment);
    return text;
}

} // namespace spacewright
