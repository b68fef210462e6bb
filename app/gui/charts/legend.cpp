// A chart's legend.
#include "app/gui/charts/legend.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <QPainter>

namespace spacewright {

namespace {
constexpr qreal gap = 6;
constexpr qreal between = 12;
constexpr qreal padding = 5;
constexpr qreal columnSign = 26;

qreal rowSign(const LegendEntry& entry)
{
    return entry.sign == LegendEntry::Sign::marker ? 8 : 16;
}

} // namespace

ChartLegend::ChartLegend(QGraphicsItem* parent) : QGraphicsItem(parent)
{
    setZValue(20);
}

void ChartLegend::setEntries(std::vector<LegendEntry> entries, const Theme& theme, const QFont& font)
{
    m_entries = std::move(entries);
    m_places.clear();
    m_theme = theme;
    m_font = font;
    // In pixels of the scene: a size in points would be drawn larger on devices with more dots per inch.
    m_font.setPixelSize(QFontInfo(font).pixelSize());
    update();
}

QFont ChartLegend::fontOf(const LegendEntry& entry) const
{
    QFont font = m_font;
    font.setBold(entry.strong);
    font.setStrikeOut(entry.hidden);
    return font;
}

qreal ChartLegend::entryWidth(const LegendEntry& entry, qreal sign) const
{
    return sign + gap + QFontMetricsF(fontOf(entry)).horizontalAdvance(entry.text);
}

qreal ChartLegend::lineHeight() const
{
    return QFontMetricsF(m_font).height() + 2;
}

QSizeF ChartLegend::columnSize() const
{
    qreal widest = 0;
    for (const LegendEntry& entry : m_entries)
        widest = std::max(widest, entryWidth(entry, columnSign));
    return {widest + 2 * padding, lineHeight() * static_cast<qreal>(m_entries.size()) + 2 * padding};
}

/// One row where it has room for all, else columns of one width.
std::vector<QPointF> ChartLegend::rowPlaces(qreal width) const
{
    std::vector<QPointF> places;
    qreal x = 0, widest = 1;
    for (const LegendEntry& entry : m_entries) {
        places.emplace_back(x, 0);
        const qreal own = entryWidth(entry, rowSign(entry)) + between;
        x += own;
        widest = std::max(widest, own);
    }
    if (x - between <= width)
        return places;
    const auto columns = std::max<std::size_t>(1, static_cast<std::size_t>((width + between) / widest));
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::size_t row = i / columns, column = i % columns;
        places[i] = {widest * static_cast<qreal>(column), lineHeight() * static_cast<qreal>(row)};
    }
    return places;
}

qreal ChartLegend::rowsHeight(qreal width) const
{
    return m_entries.empty() ? 0 : rowPlaces(width).back().y() + lineHeight();
}

void ChartLegend::placeColumn(QPointF topLeft)
{
    prepareGeometryChange();
    m_isColumn = true;
    m_places.clear();
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        m_places.emplace_back(padding, padding + lineHeight() * static_cast<qreal>(i));
    m_bounds = QRectF(QPointF(), columnSize());
    setPos(topLeft);
}

void ChartLegend::placeRows(QPointF topLeft, qreal width)
{
    prepareGeometryChange();
    m_isColumn = false;
    m_places = rowPlaces(width);
    m_bounds = QRectF(QPointF(), QSizeF(width, rowsHeight(width)));
    setPos(topLeft);
}

std::optional<std::size_t> ChartLegend::entryAt(QPointF position) const
{
    if (!isVisible())
        return std::nullopt;
    const QPointF at = mapFromParent(position);
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const qreal sign = m_isColumn ? columnSign : rowSign(m_entries[i]);
        if (QRectF(m_places[i], QSizeF(entryWidth(m_entries[i], sign), lineHeight())).contains(at))
            return i;
    }
    return std::nullopt;
}

void ChartLegend::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (m_isColumn && !m_places.empty()) {
        QColor paper = m_theme.background;
        paper.setAlpha(220);
        painter->fillRect(m_bounds, paper);
    }
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const LegendEntry& entry = m_entries[i];
        const QPointF at = m_places[i];
        const qreal sign = m_isColumn ? columnSign : rowSign(entry);
        painter->setOpacity(entry.hidden ? 0.4 : 1);
        const QPointF middle = at + QPointF(sign / 2, lineHeight() / 2);
        switch (entry.sign) {
        case LegendEntry::Sign::line:
            painter->setPen(linePen(entry.style, entry.strong ? 2.6 : 1.6));
            painter->drawLine(middle - QPointF(sign / 2, 0), middle + QPointF(sign / 2, 0));
            break;
        case LegendEntry::Sign::marker:
            paintMarker(*painter, entry.style, middle, 8);
            break;
        case LegendEntry::Sign::area:
            painter->fillRect(QRectF(middle - QPointF(sign / 2, 5), QSizeF(sign, 10)), entry.style.colour);
            break;
        }
        painter->setFont(fontOf(entry));
        painter->setPen(m_theme.text);
        const qreal room = m_bounds.width() - at.x() - sign - gap;
        const QString text = QFontMetricsF(fontOf(entry)).elidedText(entry.text, Qt::ElideMiddle, room + 1);
        painter->drawText(QRectF(at + QPointF(sign + gap, 0), QSizeF(room + 4, lineHeight())),
                          Qt::AlignVCenter | Qt::AlignLeft, text);
    }
}

} // namespace spacewright
