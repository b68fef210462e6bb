// Draws any panel of a figure: its axes and series. The look and the legend are in panel_look.cpp.
#include "app/gui/charts/panel_chart.h"

#include <QAreaSeries>
#include <QGraphicsSimpleTextItem>
#include <QLineSeries>
#include <QScatterSeries>
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

/// The range of what is drawn, unless the axis says what is shown.
struct Range {
    double low = 1e300, high = -1e300;

    void add(double value, Axis::Scale scale)
    {
        if (scale != Axis::Scale::linear && !(value > 0))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

Range rangeOf(const Panel& panel, const Axis& axis, double Point::*coordinate)
{
    Range range;
    for (const Series& series : panel.series)
        for (const std::vector<Point>* points : {&series.points, &series.upper})
            for (const Point& point : *points)
                range.add(point.*coordinate, axis.scale);
    if (range.low > range.high)
        range = {1, 10};
    const bool hasMarkers = std::any_of(panel.series.begin(), panel.series.end(),
                                        [](const Series& s) { return s.kind == Series::Kind::points; });
    if (hasMarkers) { // so that none lies on the frame
        constexpr double share = 0.03;
        if (axis.scale != Axis::Scale::linear) {
            const double factor = std::pow(range.high / range.low, share);
            range = {range.low / factor, range.high * factor};
        } else {
            const double margin = share * (range.high - range.low);
            range = {range.low >= 0 ? std::max(0.0, range.low - margin) : range.low - margin, range.high + margin};
        }
    }
    if (axis.scale == Axis::Scale::log2)
        range = {range.low / 1.25, range.high * 1.25}; // few values, the outer ones too many to lie on the frame
    return {axis.low.value_or(range.low), axis.high.value_or(range.high)};
}

} // namespace

PanelChart::PanelChart(const Theme& theme, Detail detail, QGraphicsItem* parent)
    : QChart(parent), m_detail(detail), m_theme(theme), m_key(new ChartLegend(this)),
      m_title(new QGraphicsSimpleTextItem(this))
{
    connect(this, &QChart::plotAreaChanged, this, &PanelChart::placeKey);
    style();
}

void PanelChart::plot(Panel panel)
{
    const bool sameAxes = m_x && panel.x.scale == m_panel.x.scale && panel.y.scale == m_panel.y.scale;
    m_panel = std::move(panel);
    if (!sameAxes)
        makeAxes();
    if (!sameAxes || !matches())
        makeSeries();
    fitAxes();
    for (std::size_t i = 0; i < m_drawn.size(); ++i)
        fill(m_drawn[i], m_panel.series[i]);
    fillBest();
    m_noFreeSpace = false;
    style();
}

bool PanelChart::matches() const
{
    return std::equal(m_drawn.begin(), m_drawn.end(), m_panel.series.begin(), m_panel.series.end(),
                      [](const Drawn& drawn, const Series& series) { return drawn.kind == series.kind; });
}

void PanelChart::makeAxes()
{
    for (QAbstractAxis* axis : {m_x, m_y})
        if (axis) {
            removeAxis(axis);
            delete axis;
        }
    addAxis(m_x = makeAxis(m_panel.x.scale, this), Qt::AlignBottom);
    addAxis(m_y = makeAxis(m_panel.y.scale, this), Qt::AlignLeft);
}

void PanelChart::makeSeries()
{
    removeAllSeries();
    m_drawn.clear();
    m_bestBand = addSeries(Series::Kind::band); // behind all others
    for (const Series& series : m_panel.series)
        m_drawn.push_back(addSeries(series.kind));
    m_bestLine = addSeries(Series::Kind::line);
}

PanelChart::Drawn PanelChart::addSeries(Series::Kind kind)
{
    Drawn drawn{kind};
    if (kind == Series::Kind::band) {
        auto* lower = new QLineSeries;
        auto* upper = new QLineSeries;
        drawn.area = new QAreaSeries(upper, lower);
        lower->setParent(drawn.area);
        upper->setParent(drawn.area);
        drawn.points = lower;
        drawn.upper = upper;
        attach(drawn.area);
        return drawn;
    }
    if (kind == Series::Kind::points && m_detail == Detail::print)
        drawn.points = new QScatterSeries;
    else
        drawn.points = new QLineSeries;
    attach(drawn.points);
    return drawn;
}

void PanelChart::attach(QAbstractSeries* series)
{
    QChart::addSeries(series);
    series->attachAxis(m_x);
    series->attachAxis(m_y);
}

void PanelChart::fitAxes()
{
    const Range x = rangeOf(m_panel, m_panel.x, &Point::x), y = rangeOf(m_panel, m_panel.y, &Point::y);
    m_mapX = fitAxis(*m_x, m_panel.x, x.low, x.high, 5);
    m_mapY = fitAxis(*m_y, m_panel.y, y.low, y.high, 5);
}

/// Models on the frame or beyond it are drawn just within, so that the whole marker is seen; the axis' title says how
/// many lie beyond.
QList<QPointF> PanelChart::markers(const std::vector<Point>& points) const
{
    const auto within = [](double at, const AxisMap& map) {
        const double inset = 0.012 * (map.high - map.low);
        return std::clamp(at, map.low + inset, map.high - inset);
    };
    QList<QPointF> result;
    result.reserve(static_cast<qsizetype>(points.size()));
    for (const Point& point : points)
        result.append({within(m_mapX(point.x), m_mapX), within(m_mapY(point.y), m_mapY)});
    return result;
}

/// A line goes on level to the end of the axis from its last point within: exact for steps.
QList<QPointF> PanelChart::stretch(const std::vector<Point>& points) const
{
    QList<QPointF> result;
    result.reserve(static_cast<qsizetype>(points.size()));
    for (const Point& point : points) {
        const QPointF at(m_mapX(point.x), m_mapY(point.y));
        if (m_mapX.isBeyond(point.x) && !result.isEmpty()) {
            result.append({at.x(), result.back().y()});
            break;
        }
        result.append(at);
    }
    return result;
}

void PanelChart::fill(const Drawn& drawn, const Series& series)
{
    drawn.points->setName(QString::fromStdString(series.name));
    drawn.points->replace(series.kind == Series::Kind::points ? markers(series.points) : stretch(series.points));
    if (drawn.upper)
        drawn.upper->replace(stretch(series.upper));
}

void PanelChart::fillBest()
{
    m_bestBand.area->setVisible(m_panel.best.has_value());
    m_bestLine.points->setVisible(m_panel.best.has_value());
    if (!m_panel.best)
        return;
    // A band of one value still shows: half a percent of the axis wide.
    const double best = m_mapX(m_panel.best->best), least = (m_mapX.high - m_mapX.low) * 0.0025;
    const double from = std::min(m_mapX(m_panel.best->low), best - least);
    const double to = std::max(m_mapX(m_panel.best->high), best + least);
    m_bestBand.points->replace(QList<QPointF>{{from, m_mapY.low}, {to, m_mapY.low}});
    m_bestBand.upper->replace(QList<QPointF>{{from, m_mapY.high}, {to, m_mapY.high}});
    m_bestLine.points->replace(QList<QPointF>{{best, m_mapY.low}, {best, m_mapY.high}});
}

std::optional<std::size_t> PanelChart::pointNear(QPointF position, std::size_t series) const
{
    std::optional<std::size_t> nearest;
    if (series >= m_drawn.size())
        return nearest;
    qreal best = 12 * 12;
    QXYSeries* drawn = m_drawn[series].points;
    const QList<QPointF> points = drawn->points();
    for (qsizetype i = 0; i < points.size(); ++i) {
        const QPointF distance = const_cast<PanelChart*>(this)->mapToPosition(points[i], drawn) - position;
        const qreal square = QPointF::dotProduct(distance, distance);
        if (square >= best)
            continue;
        best = square;
        nearest = static_cast<std::size_t>(i);
    }
    return nearest;
}

} // namespace spacewright
