// A panel under a person's hands: zoom, scales, what is hidden, exact values.
#include "app/gui/charts/panel_chart.h"
#include "app/gui/format.h"

#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

QString valueWithUnit(const Axis& axis, double value)
{
    const QString number = axis.quantity.isCount ? countText(value) : QString::number(value, 'g', 4);
    const QString name = QString::fromStdString(axis.quantity.name);
    const QString unit = QString::fromStdString(axis.quantity.unit);
    return unit.isEmpty() || axis.quantity.isCount ? name + ' ' + number : name + ' ' + number + ' ' + unit;
}

/// The line's value at x: straight between its points.
std::optional<double> heightAt(const std::vector<Point>& points, double x)
{
    const auto after =
        std::lower_bound(points.begin(), points.end(), x, [](const Point& point, double at) { return point.x < at; });
    if (after == points.end() || after == points.begin())
        return std::nullopt;
    const Point& before = *std::prev(after);
    return before.y + (after->y - before.y) * (x - before.x) / (after->x - before.x);
}

} // namespace

void PanelChart::setSelection(const Selection* selection)
{
    m_selection = selection;
    connect(selection, &Selection::changed, this, [this] { m_points->selectionChanged(); });
    connect(selection, &Selection::currentChanged, this, [this] { m_points->update(); });
    style();
}

QPointF PanelChart::positionOf(QPointF onAxes) const
{
    const QRectF plot = plotArea();
    return {plot.left() + (onAxes.x() - m_mapX.low) / (m_mapX.high - m_mapX.low) * plot.width(),
            plot.bottom() - (onAxes.y() - m_mapY.low) / (m_mapY.high - m_mapY.low) * plot.height()};
}

Point PanelChart::valueAt(QPointF at) const
{
    const QRectF plot = plotArea();
    return {m_mapX.value(m_mapX.low + (at.x() - plot.left()) / plot.width() * (m_mapX.high - m_mapX.low)),
            m_mapY.value(m_mapY.low + (plot.bottom() - at.y()) / plot.height() * (m_mapY.high - m_mapY.low))};
}

void PanelChart::zoom(QPointF at, double factor)
{
    const QRectF plot = plotArea();
    const QSizeF size = plot.size() / factor;
    const QPointF share((at.x() - plot.left()) / plot.width(), (at.y() - plot.top()) / plot.height());
    zoomTo(QRectF(at - QPointF(share.x() * size.width(), share.y() * size.height()), size));
}

void PanelChart::zoomTo(const QRectF& part)
{
    constexpr double least = 1e-9; // of the numbers themselves: below it they can no longer be told apart
    const Point lowest = valueAt(part.bottomLeft()), highest = valueAt(part.topRight());
    const auto isWide = [](double low, double high) {
        return std::isfinite(low) && std::isfinite(high) &&
               high - low > least * std::max(std::abs(low), std::abs(high));
    };
    if (plotArea().isEmpty() || !isWide(lowest.x, highest.x) || !isWide(lowest.y, highest.y))
        return;
    m_viewX = {{lowest.x, highest.x}};
    m_viewY = {{lowest.y, highest.y}};
    draw();
    Q_EMIT viewChanged();
}

void PanelChart::pan(QPointF by)
{
    zoomTo(plotArea().translated(-by));
}

void PanelChart::resetView()
{
    m_viewX.reset();
    m_viewY.reset();
    draw();
    Q_EMIT viewChanged();
}

Axis PanelChart::axis(Qt::Orientation orientation) const
{
    Axis axis = orientation == Qt::Horizontal ? m_panel->x : m_panel->y;
    const std::optional<bool>& chosen = orientation == Qt::Horizontal ? m_logX : m_logY;
    const bool isLog = axis.scale != Axis::Scale::linear;
    if (chosen && *chosen != isLog) {
        axis.scale = *chosen ? Axis::Scale::log10 : Axis::Scale::linear;
        if (*chosen && axis.low && !(*axis.low > 0))
            axis.low.reset();
    }
    return axis;
}

bool PanelChart::isLogarithmic(Qt::Orientation orientation) const
{
    return axis(orientation).scale != Axis::Scale::linear;
}

bool PanelChart::canBeLogarithmic(Qt::Orientation orientation) const
{
    const auto coordinate = orientation == Qt::Horizontal ? &Point::x : &Point::y;
    bool any = false;
    for (const Series& series : m_panel->series)
        for (const Point& point : series.points) {
            any = any || point.*coordinate > 0;
            if (series.kind == Series::Kind::points && !(point.*coordinate > 0))
                return false;
        }
    return any;
}

void PanelChart::setLogarithmic(Qt::Orientation orientation, bool on)
{
    if (on && !canBeLogarithmic(orientation))
        return;
    (orientation == Qt::Horizontal ? m_logX : m_logY) = on;
    draw();
    Q_EMIT viewChanged();
}

void PanelChart::setHidden(int space, bool hidden)
{
    if (hidden)
        m_hidden.insert(space);
    else
        m_hidden.erase(space);
    draw();
    Q_EMIT viewChanged();
}

QString PanelChart::modelReadout(ModelId model) const
{
    for (const Series& series : m_panel->series) {
        const auto found = std::find(series.models.begin(), series.models.end(), model);
        if (found == series.models.end())
            continue;
        const Point& point = series.points[static_cast<std::size_t>(found - series.models.begin())];
        return tr("#%1: %2, %3")
            .arg(static_cast<qlonglong>(model))
            .arg(valueWithUnit(m_panel->x, point.x), valueWithUnit(m_panel->y, point.y));
    }
    return {};
}

QString PanelChart::readout(QPointF at) const
{
    if (!plotArea().contains(at) || !m_x)
        return {};
    if (const std::optional<ModelId> model = m_points->modelNear(at))
        return modelReadout(*model);
    const Point value = valueAt(at);
    QStringList heights;
    for (const Series& series : m_panel->series)
        if (series.kind == Series::Kind::line && !series.name.empty() && !isHidden(series))
            if (const std::optional<double> height = heightAt(series.points, value.x))
                heights << QString::fromStdString(series.name) + ": " + QString::number(*height, 'g', 3);
    const QString x = valueWithUnit(m_panel->x, value.x);
    return heights.isEmpty() ? x + ", " + valueWithUnit(m_panel->y, value.y) : x + '\n' + heights.join('\n');
}

} // namespace spacewright
