// A chart's legend: lines, markers or areas with words, inside the plot's free corner or in a row above the plot.
#pragma once
#include "app/gui/charts/palette.h"

#include <QFont>
#include <QGraphicsItem>

namespace spacewright {

struct LegendEntry {
    enum class Sign { line, marker, area };
    Sign sign = Sign::line;
    SpaceStyle style;
    QString text;
    bool strong = false; ///< the selected space
};

class ChartLegend : public QGraphicsItem {
public:
    enum class Layout { column, row };
    ChartLegend(Layout, QGraphicsItem* parent);

    void setEntries(std::vector<LegendEntry>, const Theme&, const QFont&);
    const std::vector<LegendEntry>& entries() const { return m_entries; }
    /// Column: the lower right corner of the plot. Row: above the plot; the
    /// first entry, the space's name, gives way where there is not enough room.
    void place(const QRectF& plotArea);
    QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter*, const QStyleOptionGraphicsItem*, QWidget*) override;

private:
    qreal entryWidth(const LegendEntry&) const;
    Layout m_layout;
    std::vector<LegendEntry> m_entries;
    Theme m_theme;
    QFont m_font;
    QRectF m_bounds;
    std::size_t m_first = 0; ///< entry that is drawn first
};

} // namespace spacewright
