// A report as LaTeX, for a paper's appendix: tables, and figures from files beside it.
#include "core/exchange/report.h"
#include <map>

namespace spacewright {
namespace {

/// What LaTeX would take for its own.
std::string escaped(const std::string& text)
{
    static const std::map<char, std::string> own{{'\\', "\\textbackslash{}"},
                                                 {'{', "\\{"},
                                                 {'}', "\\}"},
                                                 {'$', "\\$"},
                                                 {'&', "\\&"},
                                                 {'#', "\\#"},
                                                 {'_', "\\_"},
                                                 {'%', "\\%"},
                                                 {'~', "\\textasciitilde{}"},
                                                 {'^', "\\textasciicircum{}"},
                                                 {'\n', " "},
                                                 {'<', "\\textless{}"},
                                                 {'>', "\\textgreater{}"},
                                                 {'|', "\\textbar{}"},
                                                 {'"', "\\textquotedbl{}"}};
    std::string result;
    for (const char c : text) {
        const auto found = own.find(c);
        result += found == own.end() ? std::string(1, c) : found->second;
    }
    return result;
}

std::string line(const Report::Row& row)
{
    std::string text;
    for (const std::string& cell : row)
        text += (text.empty() ? "" : " & ") + (cell.empty() ? "{}" : escaped(cell));
    return text + " \\\\\n";
}

std::string table(const std::string& columns, const Report::Row& header, const std::vector<Report::Row>& rows)
{
    std::string text = "\\begin{longtable}{" + columns + "}\n\\toprule\n" + line(header) + "\\midrule\n\\endhead\n";
    for (const Report::Row& row : rows)
        text += line(row);
    return text + "\\bottomrule\n\\end{longtable}\n";
}

std::vector<Report::Row> journalRows(const Report& report)
{
    std::vector<Report::Row> rows;
    for (const ReportSpace& space : report.journal) {
        std::string why = space.narrowedBy;
        for (const std::string* part : {&space.note, &space.verdict})
            why += (why.empty() || part->empty() ? "" : "; ") + *part;
        rows.push_back({std::string(static_cast<std::size_t>(space.level), '>') + (space.level ? " " : "") + space.name,
                        space.models, space.errors, why + (space.setAside ? " (set aside)" : "")});
    }
    return rows;
}

} // namespace

std::string reportLatex(const Report& report, const std::function<std::string(const Figure&)>& pictureFile)
{
    std::string text = "\\documentclass{article}\n"
                       "\\usepackage[T1]{fontenc}\n"
                       "\\usepackage{booktabs,graphicx,longtable}\n"
                       "\\usepackage[margin=25mm]{geometry}\n"
                       "\\begin{document}\n\\small\n\\section*{" +
                       escaped(report.title) + "}\n\\subsection*{Journal}\n" +
                       table("lrlp{75mm}", {"space", "n", "[min | mean]", "why, and its verdict"}, journalRows(report));
    for (const auto& [about, figure] : report.figures)
        text += "\\begin{figure}[htbp]\\centering\n\\includegraphics[width=\\linewidth]{" + pictureFile(figure) +
                "}\n\\caption{" + escaped(about) + "}\n\\end{figure}\n";
    const std::vector<Report::Row> best(report.best.begin() + 1, report.best.end());
    text += "\\subsection*{Best models}\n" +
            table(std::string(report.best.front().size(), 'l'), report.best.front(), best) + "\\subsection*{Recipe}\n" +
            table("ll", {"name", "value"}, report.recipe) + "\\subsection*{Environment}\n" +
            table("lp{100mm}", {"name", "value"}, report.environment) + "\\end{document}\n";
    return text;
}

} // namespace spacewright
