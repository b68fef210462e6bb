// One parameter against error.
#include "app/gui/charts/scatter_chart.h"

#include "app/gui/charts/axes.h"
#include "app/gui/format.h"
#include "app/gui/terms.h"

#include <QAreaSeries>
#include <QFontMetricsF>
#include <QLineSeries>
#include <QScatterSeries>
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

struct Unit {
    double value;
    QString letter;
};

/// So that the axis reads 1.5 .. 2.0 M instead of seven digits.
Unit unitFor(const QString& parameter, double largest)
{
    if (!isComplexity(parameter) || largest < 1e3)
        return {1, {}};
    if (largest < 1e6)
        return {1e3, QStringLiteral("k")};
    if (largest < 1e9)
        return {1e6, QStringLiteral("M")};
    return {1e9, QStringLiteral("G")};
}

QString axisTitle(const QString& parameter, const Unit& unit)
{
    const QString title = termTitle(parameter);
    if (unit.letter.isEmpty())
        return title;
    const qsizetype open = title.indexOf('(');
    return open < 0 ? QStringLiteral("%1 (%2)").arg(title, unit.letter)
                    : QString(title).insert(open + 1, unit.letter + ' ');
}

} // namespace

ScatterChart::ScatterChart(const Theme& theme, Detail detail, QGraphicsItem* parent)
    : QChart(parent), m_values(new QValueAxis(this)), m_errors(new QValueAxis(this)),
      m_key(new ChartLegend(ChartLegend::Layout::row, this)), m_upper(new QLineSeries(this)),
      m_lower(new QLineSeries(this)), m_band(new QAreaSeries(m_upper, m_lower)), m_theme(theme)
{
    addAxis(m_values, Qt::AlignBottom);
    addAxis(m_errors, Qt::AlignLeft);
    m_errors->setTitleText(termTitle(QStringLiteral("error")));
    addSeries(m_band);
    m_others = addPoints(detail);
    m_points = addPoints(detail);
    m_best = new QLineSeries(this);
    addSeries(m_best);
    for (QAbstractSeries* series : this->series()) {
        series->attachAxis(m_values);
        series->attachAxis(m_errors);
    }
    fitAxis(*m_values, 0, 10);
    fitAxis(*m_errors, 0, 100);
    connect(this, &QChart::plotAreaChanged, this, &ScatterChart::place);
    style();
}

QXYSeries* ScatterChart::addPoints(Detail detail)
{
    QXYSeries* series = nullptr;
    if (detail == Detail::print)
        series = new QScatterSeries(this);
    else
        series = new QLineSeries(this);
    addSeries(series);
    return series;
}

void ScatterChart::plot(const std::vector<Population>& populations, const std::vector<Scatter>& scatters,
                        const std::string& parameter, std::optional<SpaceId> selected)
{
    double low = 1e300, high = -1e300;
    std::vector<double> errors;
    for (const Scatter& scatter : scatters) {
        for (const double value : scatter.values) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
        errors.insert(errors.end(), scatter.errors.begin(), scatter.errors.end());
    }
    const ErrorRange range = errorRange(std::move(errors));
    m_errors->setTitleText(errorTitle(range));
    const Unit unit = unitFor(QString::fromStdString(parameter), high);
    m_unit = unit.value;
    m_values->setTitleText(axisTitle(QString::fromStdString(parameter), unit));
    if (low <= high) {
        const double margin = 0.03 * (high - low); // so that no marker lies on the frame
        fitAxis(*m_values, std::max(0.0, low - margin) / m_unit, (high + margin) / m_unit, 5);
        fitAxis(*m_errors, range.low, range.high, 5);
    }

    // Models above the axis are drawn at its upper end; its title says how many they are.
    const double highest = m_errors->max() - 0.01 * (m_errors->max() - m_errors->min());
    QList<QPointF> points, others;
    m_bestBand.reset();
    m_ids.clear();
    m_name.clear();
    for (std::size_t i = 0; i < scatters.size(); ++i) {
        const bool chosen = populations[i].space.id == selected;
        for (std::size_t j = 0; j < scatters[i].values.size(); ++j)
            (chosen ? points : others)
                .append({scatters[i].values[j] / m_unit, std::min(scatters[i].errors[j], highest)});
        if (!chosen)
            continue;
        m_bestBand = scatters[i].band;
        m_ids = scatters[i].ids;
        m_index = static_cast<int>(i);
        m_name = tr("%1, n %2").arg(QString::fromStdString(populations[i].space.space.name)).arg(m_ids.size());
    }
    m_others->replace(others);
    m_points->replace(points);
    m_band->setVisible(m_bestBand.has_value());
    m_best->setVisible(m_bestBand.has_value());
    if (m_bestBand) {
        // A band of one value still shows: half a percent of the axis wide.
        const double least = (m_values->max() - m_values->min()) * 0.0025;
        const double from = std::min(m_bestBand->low / m_unit, m_bestBand->best / m_unit - least);
        const double to = std::max(m_bestBand->high / m_unit, m_bestBand->best / m_unit + least);
        m_upper->replace(QList<QPointF>{{from, m_errors->max()}, {to, m_errors->max()}});
        m_lower->replace(QList<QPointF>{{from, m_errors->min()}, {to, m_errors->min()}});
        const double best = m_bestBand->best / m_unit;
        m_best->replace(QList<QPointF>{{best, m_errors->min()}, {best, m_errors->max()}});
    }
    style();
}

void ScatterChart::setTheme(const Theme& theme, qreal pixelRatio)
{
    m_theme = theme;
    m_pixelRatio = pixelRatio;
    style();
}

void ScatterChart::style()
{
    styleChart(*this, m_theme);
    const qreal legendHeight = QFontMetricsF(font()).height() + 10;
    setMargins(QMargins(4, qRound(legendHeight), 8, 4));
    const SpaceStyle look = spaceStyle(m_index, m_theme);
    SpaceStyle receding = look;
    receding.colour = m_theme.receding;
    receding.marker = MarkerShape::circle;
    styleMarkers(m_others, receding, 6);
    styleMarkers(m_points, look, 9);
    m_band->setBrush(m_theme.band);
    m_band->setPen(Qt::NoPen);
    m_best->setPen(QPen(m_theme.best, 2));

    std::vector<LegendEntry> entries;
    if (!m_name.isEmpty())
        entries.push_back({LegendEntry::Sign::marker, look, m_name});
    if (m_bestBand) {
        SpaceStyle best;
        best.colour = m_theme.best;
        SpaceStyle band;
        band.colour = m_theme.band;
        entries.push_back({LegendEntry::Sign::line, best, tr("best %1").arg(valueText(m_bestBand->best / m_unit))});
        entries.push_back({LegendEntry::Sign::area, band, bandText()});
    }
    m_key->setEntries(std::move(entries), m_theme, font());
    place(plotArea());
}

QString ScatterChart::bandText() const
{
    return tr("95 %: %1 .. %2").arg(valueText(m_bestBand->low / m_unit), valueText(m_bestBand->high / m_unit));
}

void ScatterChart::styleMarkers(QXYSeries* series, const SpaceStyle& style, qreal size) const
{
    if (auto* shapes = qobject_cast<QScatterSeries*>(series)) {
        static constexpr QScatterSeries::MarkerShape byShape[]{
            QScatterSeries::MarkerShapeCircle, QScatterSeries::MarkerShapeRectangle,
            QScatterSeries::MarkerShapeTriangle, QScatterSeries::MarkerShapeRotatedRectangle};
        shapes->setMarkerShape(byShape[static_cast<int>(style.marker)]);
        shapes->setMarkerSize(size - 1);
        shapes->setColor(style.colour);
        shapes->setBorderColor(Qt::transparent);
        return;
    }
    series->setPen(Qt::NoPen);
    series->setMarkerSize(size);
    series->setLightMarker(markerImage(style, size, m_pixelRatio));
}

void ScatterChart::place(const QRectF& plotArea)
{
    m_key->place(plotArea);
}

std::optional<ModelId> ScatterChart::modelNear(QPointF position) const
{
    std::optional<ModelId> nearest;
    qreal best = 12 * 12;
    const QList<QPointF> points = m_points->points();
    for (qsizetype i = 0; i < points.size(); ++i) {
        const QPointF distance = const_cast<ScatterChart*>(this)->mapToPosition(points[i], m_points) - position;
        const qreal square = QPointF::dotProduct(distance, distance);
        if (square >= best)
            continue;
        best = square;
        nearest = m_ids[static_cast<std::size_t>(i)];
    }
    return nearest;
}

} // namespace spacewright
