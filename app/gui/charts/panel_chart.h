// Draws any panel of a figure with Qt Charts: in the window, where it is renewed as results arrive, and for files.
#pragma once
#include "app/gui/charts/axes.h"
#include "app/gui/charts/legend.h"
#include "app/gui/charts/point_layer.h"

#include <memory>
#include <set>

class QAreaSeries;
class QGraphicsSimpleTextItem;
class QLineSeries;

namespace spacewright {

class PanelChart : public QChart {
    Q_OBJECT
public:
    /// `print` draws shapes, sharp at any size, and moves a legend that finds no free space above the plot (on the
    /// screen nothing jumps: it stays in its corner).
    using Detail = PointLayer::Detail;
    PanelChart(const Theme&, Detail, QGraphicsItem* parent = nullptr);

    /// Costs one `replace` per line while the kinds of series stay the same. What was zoomed into and hidden stays so
    /// while the axes show the same quantities.
    void plot(std::shared_ptr<const Panel>);
    void plot(Panel panel) { plot(std::make_shared<const Panel>(std::move(panel))); }
    const Panel& panel() const { return *m_panel; }
    void setTheme(const Theme&, qreal pixelRatio = 1);
    /// Whose models stand out; lives longer than the chart.
    void setSelection(const Selection*);
    const ChartLegend& key() const { return *m_key; }
    const PointLayer& points() const { return *m_points; }
    /// Height of the title and of a legend above the plot.
    qreal headHeight() const;

    // What a person does with it. Positions are the chart's.
    /// `factor` > 1 shows less; the value under `at` stays where it is.
    void zoom(QPointF at, double factor);
    void zoomTo(const QRectF&);
    void pan(QPointF by);
    void resetView();
    bool isZoomed() const { return m_viewX || m_viewY; }
    /// A logarithmic axis instead of a linear one; nothing happens where values are not positive.
    void setLogarithmic(Qt::Orientation, bool);
    bool isLogarithmic(Qt::Orientation) const;
    bool canBeLogarithmic(Qt::Orientation) const;
    /// A space's lines, bands and points, by its place in the study.
    void setHidden(int space, bool);
    bool isHidden(int space) const { return m_hidden.contains(space); }
    /// "error 15.3 %: [14.0 | 17.0] AnyNetX_D 0.25", or a model's exact values where one is near; empty outside of the
    /// plot.
    QString readout(QPointF at) const;
    /// The values at a position, in the axes' quantities.
    Point valueAt(QPointF) const;

Q_SIGNALS:
    void viewChanged();

protected:
    void resizeEvent(QGraphicsSceneResizeEvent*) override;

private:
    /// A line or band of the panel as Qt draws it; nothing for points.
    struct Drawn {
        Series::Kind kind = Series::Kind::line;
        QLineSeries* line = nullptr;  ///< of a band: its lower edge
        QLineSeries* upper = nullptr; ///< band only
        QAreaSeries* area = nullptr;  ///< band only
    };
    using View = std::optional<std::array<double, 2>>; ///< the part of an axis that is shown, in its quantity

    bool matches() const;
    void makeAxes();
    void makeSeries();
    Drawn addSeries(Series::Kind);
    void attach(QAbstractSeries*);
    Axis axis(Qt::Orientation) const;
    void draw();
    void fitAxes();
    void fill(const Drawn&, const Series&);
    void fillPoints();
    bool isHidden(const Series& series) const
    {
        return series.ink == Series::Ink::space && m_hidden.contains(series.space);
    }
    void fillBest();
    PointLayer::Group group(const Series&) const;
    QList<QPointF> stretch(const std::vector<Point>&) const;

    void style();
    void styleSeries(const Drawn&, const Series&);
    qreal markerSize(const Series&) const;
    SpaceStyle styleOf(const Series&) const;
    std::vector<LegendEntry> legendEntries() const;

    bool isKeyAbove() const { return m_panel->legendAbove || m_noFreeSpace; }
    qreal titleHeight() const;
    qreal keyRowsHeight() const;
    bool isKeyTooHigh() const;
    void setHead();
    void placeKey(const QRectF& plotArea);
    std::optional<QPointF> freePlace(const QRectF& plotArea, QSizeF) const;
    std::vector<QRectF> drawnPieces() const;
    QPointF positionOf(QPointF onAxes) const;
    QString modelReadout(ModelId) const;

    Detail m_detail;
    Theme m_theme;
    qreal m_pixelRatio = 1;
    const Selection* m_selection = nullptr;
    std::shared_ptr<const Panel> m_panel = std::make_shared<const Panel>();
    QAbstractAxis* m_x = nullptr;
    QAbstractAxis* m_y = nullptr;
    AxisMap m_mapX, m_mapY;
    View m_viewX, m_viewY;
    std::optional<bool> m_logX, m_logY; ///< by the person; none: as the panel has it
    std::set<int> m_hidden;
    std::vector<Drawn> m_drawn; ///< the panel's series, in their order
    Drawn m_bestLine;
    PointLayer* m_points;
    ChartLegend* m_key;
    QGraphicsSimpleTextItem* m_title;
    bool m_noFreeSpace = false;
};

} // namespace spacewright
