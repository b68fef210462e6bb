// Draws any panel of a figure: its axes and series. The look and the legend are in panel_look.cpp.
#include "app/gui/charts/panel_chart.h"

#include <QAreaSeries>
#include <QGraphicsSimpleTextItem>
#include <QLineSeries>
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
    : QChart(parent), m_detail(detail), m_theme(theme), m_points(new PointLayer(detail, this)),
      m_key(new ChartLegend(this)), m_title(new QGraphicsSimpleTextItem(this))
{
    connect(this, &QChart::plotAreaChanged, this, &PanelChart::placeKey);
    style();
}

void PanelChart::plot(std::shared_ptr<const Panel> panel)
{
    const auto same = [](const Axis& a, const Axis& b) { return a.quantity.name == b.quantity.name; };
    const bool sameQuantities = same(m_panel->x, panel->x) && same(m_panel->y, panel->y);
    m_panel = std::move(panel);
    if (!sameQuantities) {
        m_viewX.reset();
        m_viewY.reset();
        m_logX.reset();
        m_logY.reset();
        m_hidden.clear();
    }
    draw();
}

void PanelChart::draw()
{
    const bool sameAxes = m_x && axis(Qt::Horizontal).scale == m_mapX.scale && axis(Qt::Vertical).scale == m_mapY.scale;
    if (!sameAxes)
        makeAxes();
    if (!sameAxes || !matches())
        makeSeries();
    fitAxes();
    for (std::size_t i = 0; i < m_drawn.size(); ++i)
        fill(m_drawn[i], m_panel->series[i]);
    fillPoints();
    fillBest();
    m_noFreeSpace = false;
    style();
}

bool PanelChart::matches() const
{
    return std::equal(m_drawn.begin(), m_drawn.end(), m_panel->series.begin(), m_panel->series.end(),
                      [](const Drawn& drawn, const Series& series) { return drawn.kind == series.kind; });
}

void PanelChart::makeAxes()
{
    for (QAbstractAxis* axis : {m_x, m_y})
        if (axis) {
            removeAxis(axis);
            delete axis;
        }
    addAxis(m_x = makeAxis(axis(Qt::Horizontal).scale, this), Qt::AlignBottom);
    addAxis(m_y = makeAxis(axis(Qt::Vertical).scale, this), Qt::AlignLeft);
    fitTitle(*m_x, axis(Qt::Horizontal), {}, 0); // the plot leaves room for titles from the start
    fitTitle(*m_y, axis(Qt::Vertical), {}, 0);
}

void PanelChart::makeSeries()
{
    removeAllSeries();
    m_drawn.clear();
    for (const Series& series : m_panel->series)
        m_drawn.push_back(series.kind == Series::Kind::points ? Drawn{series.kind} : addSeries(series.kind));
    m_bestLine = addSeries(Series::Kind::line);
}

PanelChart::Drawn PanelChart::addSeries(Series::Kind kind)
{
    Drawn drawn{kind, new QLineSeries};
    if (kind == Series::Kind::band) {
        drawn.upper = new QLineSeries;
        drawn.area = new QAreaSeries(drawn.upper, drawn.line);
        drawn.line->setParent(drawn.area);
        drawn.upper->setParent(drawn.area);
        attach(drawn.area);
    } else {
        attach(drawn.line);
    }
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
    const Axis x = axis(Qt::Horizontal), y = axis(Qt::Vertical);
    const auto fit = [this](QAbstractAxis& qtAxis, const Axis& axis, const View& view, double Point::*coordinate) {
        if (view)
            return fitAxisTo(qtAxis, axis, (*view)[0], (*view)[1], 5);
        const Range range = rangeOf(*m_panel, axis, coordinate);
        return fitAxis(qtAxis, axis, range.low, range.high, 5);
    };
    m_mapX = fit(*m_x, x, m_viewX, &Point::x);
    m_mapY = fit(*m_y, y, m_viewY, &Point::y);
}

/// Models on the frame or beyond it are drawn just within, so that the whole marker is seen; the axis' title says how
/// many lie beyond. What a person zoomed away is not drawn.
PointLayer::Group PanelChart::group(const Series& series) const
{
    const auto share = [](double at, const AxisMap& map) {
        constexpr double inset = 0.012;
        const double share = (map(at) - map.low) / (map.high - map.low);
        return map.isExact ? share : std::clamp(share, inset, 1 - inset);
    };
    PointLayer::Group group{
        styleOf(series), spaceStyle(series.space, m_theme), markerSize(series), {}, series.models, {}};
    group.places.reserve(series.points.size());
    for (const Point& point : series.points)
        group.places.push_back(
            {static_cast<float>(share(point.x, m_mapX)), static_cast<float>(1 - share(point.y, m_mapY))});
    for (const double area : series.shares)
        group.sizes.push_back(static_cast<float>(4 + 24 * std::sqrt(area)));
    return group;
}

void PanelChart::fillPoints()
{
    std::vector<PointLayer::Group> groups;
    for (const Series& series : m_panel->series)
        if (series.kind == Series::Kind::points && !isHidden(series))
            groups.push_back(group(series));
    m_points->setGroups(std::move(groups));
}

/// A line goes on level to the end of the axis from its last point within: exact for steps. Of very many points those
/// are left out that share a column of pixels with others and are neither its first, last, lowest nor highest.
QList<QPointF> PanelChart::stretch(const std::vector<Point>& points) const
{
    constexpr std::size_t few = 4000;
    constexpr double columns = 1500; // more than a chart is wide
    QList<QPointF> result;
    result.reserve(static_cast<qsizetype>(std::min(points.size(), few)));
    const double width = (m_mapX.high - m_mapX.low) / columns;
    double column = -1e300;
    QPointF first, last, low, high;
    const auto flush = [&] {
        if (column == -1e300)
            return;
        for (const QPointF& point : {first, low.x() < high.x() ? low : high, low.x() < high.x() ? high : low, last})
            if (result.isEmpty() || result.back() != point)
                result.append(point);
    };
    for (const Point& point : points) {
        const QPointF at(m_mapX(point.x), m_mapY(point.y));
        if (!m_mapX.isExact && m_mapX.isBeyond(point.x) && !(result.isEmpty() && column == -1e300)) {
            flush();
            result.append({at.x(), result.back().y()});
            return result;
        }
        if (points.size() <= few) {
            result.append(at);
            continue;
        }
        const double own = std::floor((at.x() - m_mapX.low) / width);
        if (own != column) {
            flush();
            column = own;
            first = low = high = at;
        }
        last = at;
        low = at.y() < low.y() ? at : low;
        high = at.y() > high.y() ? at : high;
    }
    flush();
    return result;
}

void PanelChart::fill(const Drawn& drawn, const Series& series)
{
    if (!drawn.line)
        return;
    drawn.line->setName(QString::fromStdString(series.name));
    drawn.line->replace(stretch(series.points));
    if (drawn.area) {
        drawn.upper->replace(stretch(series.upper));
        drawn.area->setVisible(!isHidden(series));
    } else {
        drawn.line->setVisible(!isHidden(series));
    }
}

void PanelChart::fillBest()
{
    m_bestLine.line->setVisible(m_panel->best.has_value());
    if (!m_panel->best)
        return m_points->setBand({}, m_theme.band);
    // A band of one value still shows: half a percent of the axis wide.
    const double best = m_mapX(m_panel->best->best), width = m_mapX.high - m_mapX.low, least = width * 0.0025;
    const double from = std::min(m_mapX(m_panel->best->low), best - least);
    const double to = std::max(m_mapX(m_panel->best->high), best + least);
    m_points->setBand({{(from - m_mapX.low) / width, (to - m_mapX.low) / width}}, m_theme.band);
    m_bestLine.line->replace(QList<QPointF>{{best, m_mapY.low}, {best, m_mapY.high}});
}

} // namespace spacewright
