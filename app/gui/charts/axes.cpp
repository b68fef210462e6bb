// Axes with round ticks.
#include "app/gui/charts/axes.h"

#include "app/gui/format.h"

#include <QCoreApplication>
#include <QFontMetricsF>
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

namespace {

void setTicks(QValueAxis& axis, double low, double high, double step)
{
    int decimals = 0;
    while (decimals < 6 && std::abs(step * std::pow(10, decimals) - std::round(step * std::pow(10, decimals))) > 1e-9)
        ++decimals;
    axis.setLabelFormat(QStringLiteral("%.%1f").arg(decimals));
    axis.setTickType(QValueAxis::TicksDynamic);
    axis.setTickAnchor(0);
    // Before the range: Qt Charts would otherwise lay out millions of labels for the old step.
    axis.setTickInterval(std::max(step, axis.tickInterval()));
    axis.setRange(low, high);
    axis.setTickInterval(step);
}

} // namespace

void fitAxis(QValueAxis& axis, double low, double high, int ticks)
{
    if (high <= low) {
        high = low + 1;
        low = low >= 0 ? std::max(0.0, low - 1) : low - 1;
    }
    const double step = roundStep((high - low) / ticks);
    const double snap = step / 2;
    setTicks(axis, std::floor(low / snap + 1e-9) * snap, std::ceil(high / snap - 1e-9) * snap, step);
}

namespace {

/// So that the axis reads 1.5 .. 2.0 M instead of seven digits.
double unitFor(const Quantity& quantity, double largest)
{
    if (!quantity.isCount || largest < 1e3)
        return 1;
    return largest < 1e6 ? 1e3 : largest < 1e9 ? 1e6 : 1e9;
}

QString letterOf(double unit)
{
    return unit == 1e3   ? QStringLiteral("k")
           : unit == 1e6 ? QStringLiteral("M")
           : unit == 1e9 ? QStringLiteral("G")
                         : QString();
}

/// From the fullest to the shortest: "error (%), 2 above 40", "error (%)", "error".
QStringList axisTitles(const Axis& axis, const QString& letter)
{
    Quantity quantity = axis.quantity;
    if (!letter.isEmpty())
        quantity.unit = letter.toStdString() + (quantity.unit.empty() ? "" : " " + quantity.unit);
    const QString title = QString::fromStdString(titleOf(quantity));
    QStringList titles{title, QString::fromStdString(quantity.name)};
    if (axis.above > 0)
        titles.prepend(QCoreApplication::translate("axes", "%1, %2 above %3")
                           .arg(title)
                           .arg(axis.above)
                           .arg(*axis.high, 0, 'f', 0));
    return titles;
}

/// 1, 2 and 5 times powers of ten, or powers of ten alone where those were too many; powers of two likewise.
std::vector<double> logTicks(Axis::Scale scale, double low, double high, int most)
{
    for (int stride = 1;; ++stride) {
        std::vector<double> ticks;
        if (scale == Axis::Scale::log2) {
            for (double k = std::ceil(std::log2(low) - 1e-9); k <= std::log2(high) + 1e-9; ++k)
                if (std::fmod(k, stride) == 0)
                    ticks.push_back(std::exp2(k));
        } else {
            for (double k = std::floor(std::log10(low)); k <= std::log10(high); ++k)
                for (const double factor : {1.0, 2.0, 5.0})
                    if ((stride == 1 || (factor == 1 && std::fmod(k, stride - 1) == 0)) &&
                        factor * std::pow(10, k) >= low * (1 - 1e-9) && factor * std::pow(10, k) <= high * (1 + 1e-9))
                        ticks.push_back(factor * std::pow(10, k));
        }
        if (ticks.size() < 2 && stride == 1) { // within a decade or an octave
            const double step = roundStep((high - low) / most);
            ticks.clear();
            for (double k = std::ceil(low / step); k * step <= high; ++k)
                ticks.push_back(k * step);
        }
        if (ticks.size() <= static_cast<std::size_t>(most) + 1)
            return ticks;
    }
}

void fitLogAxis(QCategoryAxis& axis, Axis::Scale scale, double low, double high, int ticks)
{
    for (const QString& label : axis.categoriesLabels())
        axis.remove(label);
    axis.setStartValue(std::log10(low) - 1);
    for (const double tick : logTicks(scale, low, high, ticks + 3))
        axis.append(valueText(tick), std::log10(tick));
    axis.setRange(std::log10(low), std::log10(high));
}

} // namespace

double AxisMap::operator()(double value) const
{
    value /= unit;
    if (scale != Axis::Scale::linear)
        value = value > 0 ? std::log10(value) : low;
    return isExact ? value : std::clamp(value, low, high);
}

double AxisMap::value(double at) const
{
    return unit * (scale == Axis::Scale::linear ? at : std::pow(10, at));
}

QAbstractAxis* makeAxis(Axis::Scale scale, QObject* parent)
{
    if (scale == Axis::Scale::linear)
        return new QValueAxis(parent);
    auto* axis = new QCategoryAxis(parent);
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    return axis;
}

AxisMap fitAxis(QAbstractAxis& qtAxis, const Axis& axis, double low, double high, int ticks)
{
    const double unit = unitFor(axis.quantity, high);
    low /= unit;
    high /= unit;
    if (auto* logarithmic = qobject_cast<QCategoryAxis*>(&qtAxis)) {
        if (high <= low * 1.01) { // one value, or none that is positive
            low = low > 0 ? low / 2 : 1;
            high = std::max(high, low) * 4;
        }
        fitLogAxis(*logarithmic, axis.scale, low, high, ticks);
        return {std::log10(low), std::log10(high), unit, axis.scale};
    }
    auto& linear = static_cast<QValueAxis&>(qtAxis);
    fitAxis(linear, low, high, ticks);
    return {linear.min(), linear.max(), unit, axis.scale};
}

AxisMap fitAxisTo(QAbstractAxis& qtAxis, const Axis& axis, double low, double high, int ticks)
{
    AxisMap map = fitAxis(qtAxis, axis, low, high, ticks);
    map.isExact = true;
    if (auto* linear = qobject_cast<QValueAxis*>(&qtAxis)) {
        map.low = low / map.unit;
        map.high = high / map.unit;
        setTicks(*linear, map.low, map.high, roundStep((map.high - map.low) / ticks));
    }
    return map;
}

void fitTitle(QAbstractAxis& qtAxis, const Axis& axis, const AxisMap& map, qreal length)
{
    const QFontMetricsF metrics(qtAxis.titleFont());
    const QStringList titles = axisTitles(axis, letterOf(map.unit));
    const auto fits = [&](const QString& title) { return metrics.horizontalAdvance(title) <= length; };
    const auto found = std::find_if(titles.begin(), titles.end(), fits);
    const QString& title = found == titles.end() ? titles.last() : *found;
    if (title != qtAxis.titleText())
        qtAxis.setTitleText(title);
}

void styleChart(QChart& chart, const Theme& theme)
{
    chart.setAnimationOptions(QChart::NoAnimation);
    chart.setBackgroundBrush(theme.background);
    chart.setBackgroundPen(Qt::NoPen);
    chart.setBackgroundRoundness(0);
    chart.setPlotAreaBackgroundVisible(false);
    chart.setMargins(QMargins(4, 4, 14, 4));
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
