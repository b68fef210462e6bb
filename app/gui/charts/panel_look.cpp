// A panel's colours, title and legend.
#include "app/gui/charts/panel_chart.h"
#include "app/gui/format.h"

#include <QAreaSeries>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QGraphicsSimpleTextItem>
#include <QLineSeries>
#include <algorithm>

namespace spacewright {

namespace {

constexpr qreal edge = 4;     ///< around the whole chart
constexpr qreal rowLeft = 12; ///< title and rows begin left of the plot, to have room for their words
constexpr qreal keyInset = 8; ///< of a legend within the plot

} // namespace

void PanelChart::setTheme(const Theme& theme, qreal pixelRatio)
{
    m_theme = theme;
    m_pixelRatio = pixelRatio;
    fillPoints();
    style();
}

void PanelChart::style()
{
    styleChart(*this, m_theme);
    for (std::size_t i = 0; i < m_drawn.size(); ++i)
        styleSeries(m_drawn[i], m_panel->series[i]);
    if (m_x)
        styleSeries(m_bestLine, {.ink = Series::Ink::best, .strong = true});
    m_points->setLook(m_selection, m_theme.receding, m_theme.text, m_pixelRatio);
    m_points->setBand(m_points->band(), m_theme.band);
    m_key->setEntries(legendEntries(), m_theme, font());
    QFont bold = font();
    bold.setBold(true);
    bold.setPixelSize(QFontInfo(font()).pixelSize());
    m_title->setFont(bold);
    m_title->setBrush(m_theme.text);
    m_title->setText(QString::fromStdString(m_panel->title));
    m_title->setPos(rowLeft, edge);
    setHead();
    placeKey(plotArea());
}

SpaceStyle PanelChart::styleOf(const Series& series) const
{
    SpaceStyle style = spaceStyle(series.space, m_theme);
    if (series.ink == Series::Ink::space)
        return style;
    style = {};
    style.colour = series.ink == Series::Ink::best   ? m_theme.best
                   : series.ink == Series::Ink::band ? m_theme.band
                                                     : m_theme.receding;
    return style;
}

/// Fewer points, larger markers.
qreal PanelChart::markerSize(const Series& series) const
{
    std::size_t n = 0;
    for (const Series& one : m_panel->series)
        if (one.kind == Series::Kind::points && one.ink == Series::Ink::space)
            n += one.points.size();
    const qreal own = n > 600 ? 5 : n > 200 ? 7 : 9;
    return series.ink == Series::Ink::space ? own : std::min(own, 6.0);
}

void PanelChart::styleSeries(const Drawn& drawn, const Series& series)
{
    const SpaceStyle look = styleOf(series);
    switch (series.kind) {
    case Series::Kind::line:
        drawn.line->setPen(linePen(look, series.strong ? 2.6 : 1.6));
        break;
    case Series::Kind::points:
        break;
    case Series::Kind::band:
        QColor wash = look.colour;
        if (series.ink == Series::Ink::space)
            wash.setAlpha(36);
        drawn.area->setBrush(wash);
        drawn.area->setPen(Qt::NoPen);
        break;
    }
}

std::vector<LegendEntry> PanelChart::legendEntries() const
{
    static constexpr LegendEntry::Sign signs[]{LegendEntry::Sign::line, LegendEntry::Sign::marker,
                                               LegendEntry::Sign::area};
    std::vector<LegendEntry> entries;
    const auto add = [&](const Series& series, const QString& text) {
        entries.push_back({signs[static_cast<int>(series.kind)], styleOf(series), text, series.strong, isHidden(series),
                           series.ink == Series::Ink::space ? series.space : -1});
    };
    for (const Series& series : m_panel->series)
        if (!series.name.empty())
            add(series, QString::fromStdString(series.name));
    if (m_panel->best) {
        const auto text = [&](double value) { return valueText(value / m_mapX.unit); };
        add({.ink = Series::Ink::best}, tr("best %1").arg(text(m_panel->best->best)));
        add({.kind = Series::Kind::band, .ink = Series::Ink::band},
            tr("95 %: %1 .. %2").arg(text(m_panel->best->low), text(m_panel->best->high)));
    }
    return entries;
}

void PanelChart::resizeEvent(QGraphicsSceneResizeEvent* event)
{
    QChart::resizeEvent(event);
    m_noFreeSpace = false;
    setHead();
    placeKey(plotArea());
}

qreal PanelChart::titleHeight() const
{
    return m_panel->title.empty() ? 0 : m_title->boundingRect().height() + 3;
}

qreal PanelChart::headHeight() const
{
    return titleHeight() + (isKeyAbove() && !isKeyTooHigh() ? keyRowsHeight() + 4 : 0);
}

qreal PanelChart::keyRowsHeight() const
{
    return m_key->rowsHeight(size().width() - rowLeft - edge);
}

/// On the screen the plot comes first: a small chart has none.
bool PanelChart::isKeyTooHigh() const
{
    return m_detail == Detail::screen && keyRowsHeight() > size().height() / 4;
}

/// Makes room above the plot.
void PanelChart::setHead()
{
    setMargins(QMargins(4, qRound(edge + headHeight()), 14, 4));
    layout()->activate();
}

void PanelChart::placeKey(const QRectF& plotArea)
{
    if (plotArea.isEmpty())
        return;
    m_points->setArea(plotArea);
    if (m_x) { // not before there is a panel
        fitTitle(*m_x, axis(Qt::Horizontal), m_mapX, plotArea.width());
        fitTitle(*m_y, axis(Qt::Vertical), m_mapY, plotArea.height());
    }
    m_key->setVisible(!isKeyAbove() || !isKeyTooHigh());
    if (!isKeyAbove()) {
        const QSizeF size = m_key->columnSize();
        std::optional<QPointF> place = freePlace(plotArea, size);
        if (!place && m_detail == Detail::screen)
            place = plotArea.bottomRight() - QPointF(size.width() + keyInset, size.height() + keyInset);
        if (place)
            return m_key->placeColumn(*place);
        m_noFreeSpace = true;
        setHead(); // which changes the plot area, so that this is called again
    }
    m_key->placeRows(QPointF(rowLeft, edge + titleHeight()), size().width() - rowLeft - edge);
}

std::optional<QPointF> PanelChart::freePlace(const QRectF& plotArea, QSizeF size) const
{
    const QRectF room = plotArea.adjusted(keyInset, keyInset, -keyInset - size.width(), -keyInset - size.height());
    if (room.width() < 0 || room.height() < 0)
        return std::nullopt;
    const std::vector<QRectF> pieces = drawnPieces();
    const qreal right = room.right(), middle = room.center().x(), left = room.left();
    const qreal bottom = room.bottom(), centre = room.center().y(), top = room.top();
    for (const QPointF& place : {QPointF(right, bottom), QPointF(left, top), QPointF(right, top), QPointF(left, bottom),
                                 QPointF(right, centre), QPointF(middle, bottom), QPointF(middle, top)}) {
        const QRectF key(place, size);
        if (m_points->isFree(key) &&
            std::none_of(pieces.begin(), pieces.end(), [&](const QRectF& piece) { return piece.intersects(key); }))
            return place;
    }
    return std::nullopt;
}

/// Boxes around every stretch of line, in points of the chart.
std::vector<QRectF> PanelChart::drawnPieces() const
{
    constexpr qreal around = 3;
    std::vector<QRectF> pieces;
    for (const Drawn& drawn : m_drawn) {
        if (!drawn.line || !drawn.line->isVisible())
            continue;
        const QList<QPointF> points = drawn.line->points();
        for (qsizetype i = 1; i < points.size(); ++i)
            pieces.push_back(QRectF(positionOf(points[i - 1]), positionOf(points[i]))
                                 .normalized()
                                 .adjusted(-around, -around, around, around));
    }
    return pieces;
}

} // namespace spacewright
