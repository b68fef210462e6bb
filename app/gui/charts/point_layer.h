// Many points in a chart's plot: drawn from stamped images on the screen, as shapes in files, found again by place.
#pragma once
#include "app/gui/charts/palette.h"
#include "app/gui/selection.h"

#include <QGraphicsItem>
#include <array>

namespace spacewright {

/// 10^5 points are drawn, searched and brushed within a few milliseconds: one pass over plain arrays, no item each.
/// Above `densityFrom` points the image shows how many lie on each pixel.
class PointLayer : public QGraphicsItem {
public:
    static constexpr std::size_t densityFrom = 20000;

    struct Place {
        float x = 0, y = 0; ///< share of the plot's width and height, from its upper left corner
    };
    struct Group {
        SpaceStyle look;     ///< while nothing is selected
        SpaceStyle selected; ///< of those that are
        qreal size = 5;      ///< points
        std::vector<Place> places;
        std::vector<ModelId> models; ///< of the places; empty: they are no models
        std::vector<float> sizes;    ///< of bubbles, in the order of places; empty: all have `size`
    };

    enum class Detail { screen, print };
    PointLayer(Detail, QGraphicsItem* parent);

    /// `selection` may be null; receding points take `receding`.
    void setLook(const Selection* selection, const QColor& receding, const QColor& ring, qreal pixelRatio);
    void setGroups(std::vector<Group>);
    const std::vector<Group>& groups() const { return m_groups; }
    /// A band over the whole height beneath the points; its ends are shares of the plot's width.
    void setBand(std::optional<std::array<qreal, 2>> ends, const QColor&);
    const std::optional<std::array<qreal, 2>>& band() const { return m_band; }
    /// The plot, in the parent's coordinates.
    void setArea(const QRectF&);
    void selectionChanged();

    /// The model nearest to a position of the parent, within 12 points.
    std::optional<ModelId> modelNear(QPointF) const;
    /// The models within a rectangle of the parent.
    std::vector<ModelId> modelsIn(const QRectF&) const;
    std::optional<QPointF> positionOf(ModelId) const;
    bool isFree(const QRectF&) const;

    QRectF boundingRect() const override { return m_area; }
    void paint(QPainter*, const QStyleOptionGraphicsItem*, QWidget*) override;

private:
    enum class Which { all, selected };
    QPointF position(Place place) const
    {
        return {m_area.left() + static_cast<qreal>(place.x) * m_area.width(),
                m_area.top() + static_cast<qreal>(place.y) * m_area.height()};
    }
    bool isDense() const;
    void draw(QImage&, const Group&, const SpaceStyle&, Which) const;
    void drawShapes(QPainter&) const;
    void render();
    QImage emptyImage() const;

    Detail m_detail;
    const Selection* m_selection = nullptr;
    QColor m_receding, m_ring, m_bandColour;
    qreal m_pixelRatio = 1;
    std::vector<Group> m_groups;
    std::optional<std::array<qreal, 2>> m_band;
    QRectF m_area;
    QImage m_receded; ///< all points in the receding colour: what a brush draws on
    QImage m_image;   ///< null: to be drawn
};

} // namespace spacewright
