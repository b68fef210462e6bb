// A network's parameters in a table of text, or those of two with the differences marked.
#include "app/gui/panels/parameter_table.h"

#include "app/gui/format.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

namespace spacewright {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ParameterTable", text);
}

QString cell(const QString& text, bool isName = false)
{
    return isName ? QStringLiteral("<td>%1</td>").arg(text)
                  : QStringLiteral("<td align='right' style='padding-left:14px'>%1</td>").arg(text);
}

QString table(const QString& rows)
{
    return QStringLiteral("<table cellspacing='0' cellpadding='0'>%1</table>").arg(rows);
}

QString bold(const QString& text)
{
    return QStringLiteral("<b>%1</b>").arg(text);
}

/// A value of a stage, and how it is written.
struct StageValue {
    const char* name;
    double (*value)(const Stage&);
};
constexpr StageValue stageValues[]{{"d", [](const Stage& s) -> double { return s.depth; }},
                                   {"w", [](const Stage& s) -> double { return s.width; }},
                                   {"b", [](const Stage& s) -> double { return s.bottleneckRatio; }},
                                   {"g", [](const Stage& s) -> double { return s.groupWidth; }},
                                   {"stride", [](const Stage& s) -> double { return s.stride; }}};

using Text = std::function<QString(double)>;

QString countOrSign(double value)
{
    return value < 0 ? "-" + countText(-value) : countText(value);
}

/// Two values that may be missing; the difference is written with its sign.
QString comparisonRow(const QString& name, std::optional<double> a, std::optional<double> b, const Text& text,
                      bool isCount = false)
{
    const auto shown = [&](std::optional<double> value) { return value ? text(*value) : QStringLiteral("-"); };
    QString difference;
    if (a && b && *a != *b) {
        difference = (*b > *a ? "+" : "") + text(*b - *a);
        if (isCount && *a > 0)
            difference += QStringLiteral(" (%1%2 %)").arg(*b > *a ? "+" : "").arg(100 * (*b / *a - 1), 0, 'f', 0);
    }
    const bool differs = !difference.isEmpty() || a.has_value() != b.has_value();
    const auto marked = [&](const QString& words) { return differs ? bold(words) : words; };
    return "<tr>" + cell(marked(name), true) + cell(shown(a)) + cell(marked(shown(b))) + cell(marked(difference)) +
           "</tr>";
}

QString nameOf(const ModelDetails& details)
{
    return QStringLiteral("#%1").arg(static_cast<qlonglong>(details.model.id));
}

} // namespace

QString parameterTable(const ModelDetails& details)
{
    const Network& network = details.model.sample.network;
    const std::vector<int> sizes = stageSizes(network);
    QString rows = "<tr>" + cell(tr("stage"), true);
    for (std::size_t i = 0; i < network.stages.size(); ++i)
        rows += cell(bold(QString::number(i + 1)));
    rows += "</tr><tr>" + cell(tr("pixels"), true);
    for (const int size : sizes)
        rows += cell(QString::number(size));
    rows += "</tr>";
    for (const StageValue& one : stageValues) {
        rows += "<tr>" + cell(tr(one.name), true);
        for (const Stage& stage : network.stages)
            rows += cell(valueText(one.value(stage)));
        rows += "</tr>";
    }
    const Complexity& c = details.model.sample.complexity;
    return table(rows) + tr("<p>%1 flops, %2 parameters, %3 activations<br>fit: w<sub>0</sub> %4, w<sub>a</sub> %5, "
                            "w<sub>m</sub> %6, e<sub>fit</sub> %7</p>")
                             .arg(countText(static_cast<double>(c.flops)), countText(static_cast<double>(c.params)),
                                  countText(static_cast<double>(c.activations)),
                                  QString::number(details.fit.parameters.initialWidth),
                                  QString::number(details.fit.parameters.slope, 'g', 3),
                                  QString::number(details.fit.parameters.multiplier, 'g', 3),
                                  QString::number(details.fit.error, 'f', 3));
}

QString comparisonTable(const ModelDetails& first, const ModelDetails& second)
{
    const Network &a = first.model.sample.network, &b = second.model.sample.network;
    QString rows = "<tr>" + cell({}, true) + cell(bold(nameOf(first))) + cell(bold(nameOf(second))) +
                   cell(tr("difference")) + "</tr>";
    rows += comparisonRow(tr("error %"), first.model.error, second.model.error, errorText);
    const auto count = [&](const QString& name, std::int64_t Complexity::*value) {
        rows += comparisonRow(name, static_cast<double>(first.model.sample.complexity.*value),
                              static_cast<double>(second.model.sample.complexity.*value), countOrSign, true);
    };
    count(tr("flops"), &Complexity::flops);
    count(tr("params"), &Complexity::params);
    count(tr("acts"), &Complexity::activations);
    rows += comparisonRow("d", totalDepth(a), totalDepth(b), valueText);
    rows += comparisonRow("e<sub>fit</sub>", first.fit.error, second.fit.error,
                          [](double value) { return QString::number(value, 'f', 3); });
    for (const StageValue& one : stageValues)
        for (std::size_t stage = 0; stage < std::max(a.stages.size(), b.stages.size()); ++stage) {
            const auto of = [&](const Network& network) {
                return stage < network.stages.size() ? std::optional(one.value(network.stages[stage])) : std::nullopt;
            };
            if (one.name != std::string("stride") || of(a) != of(b))
                rows += comparisonRow(QStringLiteral("%1%2").arg(tr(one.name)).arg(stage + 1), of(a), of(b), valueText);
        }
    return table(rows);
}

} // namespace spacewright
