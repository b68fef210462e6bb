// Draws any panel of a figure with Qt Charts: in the window, where it is renewed as results arrive, and for files.
#pragma once
#include "app/gui/charts/axes.h"
#include "app/gui/charts/legend.h"

class QAreaSeries;
class QGraphicsSimpleTextItem;
class QXYSeries;

namespace spacewright {

class PanelChart : public QChart {
    Q_OBJECT
public:
    /// `screen` draws markers as images, fast for 10^5 points; `print` as shapes, sharp at any size, and moves a legend
    /// that finds no free space above the plot (on the screen nothing jumps: it stays in its corner).
    enum class Detail { screen, print };
    PanelChart(const Theme&, Detail, QGraphicsItem* parent = nullptr);

    /// Costs one `replace` per series while their kinds stay the same.
    void plot(Panel);
    void setTheme(const Theme&, qreal pixelRatio = 1);
    const ChartLegend& key() const { return *m_key; }
    /// Height of the title and of a legend above the plot.
    qreal headHeight() const;
    /// The point of a series nearest to a position of the chart, within 12 points; none for a series that is not there.
    std::optional<std::size_t> pointNear(QPointF position, std::size_t series) const;

protected:
    void resizeEvent(QGraphicsSceneResizeEvent*) override;

private:
    /// A series of the panel as Qt draws it.
    struct Drawn {
        Series::Kind kind = Series::Kind::line;
        QXYSeries* points = nullptr; ///< of a band: its lower edge
        QXYSeries* upper = nullptr;  ///< band only
        QAreaSeries* area = nullptr; ///< band only
    };
    bool matches() const;
    void makeAxes();
    void makeSeries();
    Drawn addSeries(Series::Kind);
    void attach(QAbstractSeries*);
    void fitAxes();
    void fill(const Drawn&, const Series&);
    void fillBest();
    QList<QPointF> markers(const std::vector<Point>&) const;
    QList<QPointF> stretch(const std::vector<Point>&) const;

    void style();
    void styleSeries(const Drawn&, const Series&);
    qreal markerSize(const Series&) const;
    void styleMarkers(QXYSeries*, const SpaceStyle&, qreal size) const;
    SpaceStyle styleOf(const Series&) const;
    std::vector<LegendEntry> legendEntries() const;

    bool isKeyAbove() const { return m_panel.legendAbove || m_noFreeSpace; }
    qreal titleHeight() const;
    void setHead();
    void placeKey(const QRectF& plotArea);
    std::optional<QPointF> freePlace(const QRectF& plotArea, QSizeF) const;
    std::vector<QRectF> drawnPieces() const;

    Detail m_detail;
    Theme m_theme;
    qreal m_pixelRatio = 1;
    Panel m_panel;
    QAbstractAxis* m_x = nullptr;
    QAbstractAxis* m_y = nullptr;
    AxisMap m_mapX, m_mapY;
    std::vector<Drawn> m_drawn; ///< the panel's series, in their order
    Drawn m_bestBand, m_bestLine;
    ChartLegend* m_key;
    QGraphicsSimpleTextItem* m_title;
    bool m_noFreeSpace = false;
};

} // namespace spacewright
