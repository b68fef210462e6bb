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
constexpr qreal rowLeft = 12; // rows begin left of the plot, to have room for their words

qreal signWidth(const LegendEntry& entry, ChartLegend::Layout layout)
{
    return layout == ChartLegend::Layout::column ? 26 : entry.sign == LegendEntry::Sign::marker ? 8 : 16;
}

} // namespace

ChartLegend::ChartLegend(Layout layout, QGraphicsItem* parent) : QGraphicsItem(parent), m_layout(layout)
{
    setZValue(20);
}

void ChartLegend::setEntries(std::vector<LegendEntry> entries, const Theme& theme, const QFont& font)
{
    m_entries = std::move(entries);
    m_theme = theme;
    m_font = font;
    // In pixels of the scene: a size in points would be drawn larger on devices with more dots per inch.
    m_font.setPixelSize(QFontInfo(font).pixelSize());
    update();
}

qreal ChartLegend::entryWidth(const LegendEntry& entry) const
{
    QFont font = m_font;
    font.setBold(entry.strong);
    return signWidth(entry, m_layout) + gap + QFontMetricsF(font).horizontalAdvance(entry.text);
}

void ChartLegend::place(const QRectF& plotArea)
{
    prepareGeometryChange();
    const qreal line = QFontMetricsF(m_font).height() + 2;
    qreal widest = 0;
    for (const LegendEntry& entry : m_entries)
        widest = std::max(widest, entryWidth(entry));
    if (m_layout == Layout::column) {
        const QSizeF size(widest + 2 * padding, line * static_cast<qreal>(m_entries.size()) + 2 * padding);
        m_bounds = QRectF(QPointF(), size);
        setPos(plotArea.bottomRight() - QPointF(size.width() + 8, size.height() + 8));
    } else {
        m_bounds = QRectF(0, 0, plotArea.right() - rowLeft, line);
        qreal all = 0;
        for (const LegendEntry& entry : m_entries)
            all += entryWidth(entry) + between;
        m_first = m_entries.size() > 1 && all - between > m_bounds.width() ? 1 : 0;
        setPos(QPointF(rowLeft, plotArea.top() - line - 6));
    }
}

void ChartLegend::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (m_entries.empty())
        return;
    if (m_layout == Layout::column) {
        QColor paper = m_theme.background;
        paper.setAlpha(220);
        painter->fillRect(m_bounds, paper);
    }
    const QFontMetricsF metrics(m_font);
    const qreal line = metrics.height() + 2;
    QPointF at = m_layout == Layout::column ? QPointF(padding, padding) : QPointF(0, 0);
    for (std::size_t i = m_first; i < m_entries.size(); ++i) {
        const LegendEntry& entry = m_entries[i];
        const qreal sign = signWidth(entry, m_layout);
        const QPointF middle = at + QPointF(sign / 2, line / 2);
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
        QFont font = m_font;
        font.setBold(entry.strong);
        painter->setFont(font);
        painter->setPen(m_theme.text);
        painter->drawText(QRectF(at + QPointF(sign + gap, 0), QSizeF(entryWidth(entry) + 4, line)),
                          Qt::AlignVCenter | Qt::AlignLeft, entry.text);
        at += m_layout == Layout::column ? QPointF(0, line) : QPointF(entryWidth(entry) + between, 0);
    }
}

} // namespace spacewright
