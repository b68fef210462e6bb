// A report as one HTML file, to be read on a screen and printed.
#include "core/exchange/report.h"
#include <algorithm>

namespace spacewright {
namespace {

// Plain enough for Qt's rich text, which prints the same document.
constexpr const char* style = R"css(
body { font-family: sans-serif; color: #1a1a1a; margin: 2em auto; max-width: 52em; line-height: 1.4; padding: 0 1em; }
h1 { font-size: 1.6em; } h2 { font-size: 1.2em; margin-top: 1.6em; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: 0.25em 0.7em 0.25em 0; border-bottom: 1px solid #ddd; }
th { font-weight: bold; } .figure { margin: 1em 0 2em; page-break-inside: avoid; } .figure img { max-width: 100%; }
.aside { color: #767676; } .note { font-style: italic; } .small { font-size: 0.85em; }
@media print { body { margin: 0; max-width: none; } tr { page-break-inside: avoid; } }
)css";

std::string escaped(const std::string& text)
{
    std::string result;
    for (const char c : text)
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        default:
            result += c;
        }
    return result;
}

std::string cell(const std::string& content, const char* tag = "td")
{
    return "<" + std::string(tag) + ">" + content + "</" + tag + ">";
}

std::string table(const std::vector<Report::Row>& rows, bool header)
{
    std::string html = "<table class=\"small\">\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        html += "<tr>";
        for (const std::string& text : rows[i])
            html += cell(escaped(text), header && i == 0 ? "th" : "td");
        html += "</tr>\n";
    }
    return html + "</table>\n";
}

/// "A", "└ B": a tree that survives copying into a text.
std::string treeName(const ReportSpace& space)
{
    std::string indent;
    for (int i = 1; i < space.level; ++i)
        indent += "&nbsp;&nbsp;&nbsp;";
    return indent + (space.level > 0 ? "&#9492;&nbsp;" : "") + "<b>" + escaped(space.name) + "</b>";
}

std::string journal(const Report& report, const ReportPictures& pictures)
{
    double low = 100, high = 0;
    for (const ReportSpace& space : report.journal)
        if (space.edf) {
            low = std::min(low, space.edf->min);
            high =
                std::max(high, std::min(space.edf->max, space.edf->median + 2 * (space.edf->median - space.edf->min)));
        }
    std::string html = "<table>\n<tr><th>space</th><th>n</th><th>[min | mean] %</th><th>EDF</th>"
                       "<th>narrowed by, why, verdict against its parent</th></tr>\n";
    for (const ReportSpace& space : report.journal) {
        std::string words;
        const auto add = [&](const std::string& text, const char* before, const char* after) {
            if (!text.empty())
                words += (words.empty() ? "" : "<br>") + (before + escaped(text) + after);
        };
        add(space.narrowedBy, "", "");
        add(space.note, "<span class=\"note\">", "</span>");
        add(space.verdict, "", "");
        add(space.setAside ? "Set aside." : "", "", "");
        html += (space.setAside ? "<tr class=\"aside\">" : "<tr>") + cell(treeName(space)) +
                cell(escaped(space.models)) + cell(escaped(space.errors)) +
                cell(space.edf ? pictures.smallEdf(*space.edf, low, std::max(high, low + 0.1), space.place) : "") +
                cell(words) + "</tr>\n";
    }
    return html + "</table>\n";
}

} // namespace

std::string reportHtml(const Report& report, const ReportPictures& pictures)
{
    const std::string title = escaped(report.title);
    std::string html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + title +
                       "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<h1>" + title + "</h1>\n";
    html += "<h2>Journal</h2>\n" + journal(report, pictures);
    if (!report.figures.empty())
        html += "<h2>Figures</h2>\n";
    for (const auto& [about, figure] : report.figures)
        html += "<div class=\"figure\"><p>" + escaped(about) + "</p>" + pictures.figure(figure) + "</div>\n";
    html += "<h2>Best models</h2>\n" + table(report.best, true);
    html += "<h2>Recipe</h2>\n" + table(report.recipe, false);
    html += "<h2>Environment</h2>\n" + table(report.environment, false);
    return html + "</body>\n</html>\n";
}

} // namespace spacewright
