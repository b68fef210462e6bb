// A chart's legend: lines, markers or areas with words, as a column within the plot or in rows above it.
#pragma once
#include "app/gui/charts/palette.h"

#include <QFont>
#include <QGraphicsItem>
#include <optional>

namespace spacewright {

struct LegendEntry {
    enum class Sign { line, marker, area };
    Sign sign = Sign::line;
    SpaceStyle style;
    QString text;
    bool strong = false; ///< the selected space
    bool hidden = false; ///< it is not drawn: a click brings it back
    int space = -1;      ///< that a click hides; below 0: none
};

class ChartLegend : public QGraphicsItem {
public:
    explicit ChartLegend(QGraphicsItem* parent);

    void setEntries(std::vector<LegendEntry>, const Theme&, const QFont&);
    const std::vector<LegendEntry>& entries() const { return m_entries; }

    /// The entry under a position of the parent.
    std::optional<std::size_t> entryAt(QPointF) const;

    QSizeF columnSize() const;
    /// What rows of this width need.
    qreal rowsHeight(qreal width) const;
    void placeColumn(QPointF topLeft);
    void placeRows(QPointF topLeft, qreal width);
    QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter*, const QStyleOptionGraphicsItem*, QWidget*) override;

private:
    QFont fontOf(const LegendEntry&) const;
    qreal entryWidth(const LegendEntry&, qreal sign) const;
    qreal lineHeight() const;
    std::vector<QPointF> rowPlaces(qreal width) const;

    std::vector<LegendEntry> m_entries;
    std::vector<QPointF> m_places; ///< of the entries, their upper left corners
    Theme m_theme;
    QFont m_font;
    QRectF m_bounds;
    bool m_isColumn = true;
};

} // namespace spacewright
