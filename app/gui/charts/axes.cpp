// Axes with round ticks.
#include "app/gui/charts/axes.h"

#include "app/gui/terms.h"

#include <QCoreApplication>
#include <QFont>
#include <QGraphicsLayout>
#include <QLegend>
#include <algorithm>
#include <cmath>

namespace spacewright {

double roundStep(double rough)
{
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0})
        if (factor * power >= rough * (1 - 1e-9))
            return factor * power;
    return 10 * power;
}

void fitAxis(QValueAxis& axis, double low, double high, int ticks)
{
    if (high <= low) {
        low -= 1;
        high += 1;
    }
    const double step = roundStep((high - low) / ticks);
    const double snap = step / 2;
    const double first = std::floor(low / snap + 1e-9) * snap;
    const double last = std::ceil(high / snap - 1e-9) * snap;
    int decimals = 0;
    while (decimals < 6 && std::abs(step * std::pow(10, decimals) - std::round(step * std::pow(10, decimals))) > 1e-9)
        ++decimals;
    axis.setLabelFormat(QStringLiteral("%.%1f").arg(decimals));
    axis.setTickType(QValueAxis::TicksDynamic);
    axis.setTickAnchor(0);
    // Before the range: Qt Charts would otherwise lay out millions of labels for the old step.
    axis.setTickInterval(std::max(step, axis.tickInterval()));
    axis.setRange(first, last);
    axis.setTickInterval(step);
}

ErrorRange errorRange(std::vector<double> errors)
{
    if (errors.empty())
        return {};
    std::sort(errors.begin(), errors.end());
    ErrorRange range{std::max(0.0, errors.front() - 0.5), std::min(100.0, errors.back() + 0.5)};
    const double median = errors[errors.size() / 2];
    const double most = median + 4 * (median - errors.front());
    if (errors.back() <= most + (most - errors.front()) / 4)
        return range;
    range.high = most;
    range.above = static_cast<int>(errors.end() - std::upper_bound(errors.begin(), errors.end(), most));
    return range;
}

QString errorTitle(const ErrorRange& range)
{
    const QString title = termTitle(QStringLiteral("error"));
    return range.above == 0 ? title
                            : QCoreApplication::translate("axes", "%1, %2 above %3")
                                  .arg(title)
                                  .arg(range.above)
                                  .arg(range.high, 0, 'f', 0);
}

void styleChart(QChart& chart, const Theme& theme)
{
    chart.setAnimationOptions(QChart::NoAnimation);
    chart.setBackgroundBrush(theme.background);
    chart.setBackgroundPen(Qt::NoPen);
    chart.setBackgroundRoundness(0);
    chart.setPlotAreaBackgroundVisible(false);
    chart.setMargins(QMargins(4, 4, 8, 4));
    chart.legend()->hide();
    if (chart.layout())
        chart.layout()->setContentsMargins(0, 0, 0, 0);
    QFont titles = chart.font();
    QFont labels = titles;
    labels.setPointSizeF(titles.pointSizeF() * 0.9);
    for (QAbstractAxis* axis : chart.axes()) {
        axis->setLabelsColor(theme.text);
        axis->setLabelsFont(labels);
        axis->setTitleBrush(theme.text);
        axis->setTitleFont(titles);
        axis->setLinePen(QPen(theme.muted, 1));
        axis->setGridLinePen(QPen(theme.grid, 1));
        axis->setShadesVisible(false);
    }
}

} // namespace spacewright
