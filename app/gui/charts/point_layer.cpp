// Many points in a chart's plot.
#include "app/gui/charts/point_layer.h"

#include "app/gui/charts/stamp.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <map>

namespace spacewright {

namespace {

constexpr qreal behindLines = 4.5; // Qt Charts has its grid at 2 and its lines at 5
constexpr qreal reach = 12;        // points from a click to the model that it means

} // namespace

PointLayer::PointLayer(Detail detail, QGraphicsItem* parent) : QGraphicsItem(parent), m_detail(detail)
{
    setZValue(behindLines);
}

void PointLayer::setLook(const Selection* selection, const QColor& receding, const QColor& ring, qreal pixelRatio)
{
    m_selection = selection;
    m_receding = receding;
    m_ring = ring;
    m_pixelRatio = pixelRatio;
    m_receded = m_image = {};
    update();
}

void PointLayer::setGroups(std::vector<Group> groups)
{
    m_groups = std::move(groups);
    m_receded = m_image = {};
    update();
}

void PointLayer::setBand(std::optional<std::array<qreal, 2>> ends, const QColor& colour)
{
    m_band = ends;
    m_bandColour = colour;
    update();
}

void PointLayer::setArea(const QRectF& area)
{
    if (area == m_area)
        return;
    prepareGeometryChange();
    m_area = area;
    m_receded = m_image = {};
}

void PointLayer::selectionChanged()
{
    m_image = {};
    update();
}

std::optional<ModelId> PointLayer::modelNear(QPointF at) const
{
    std::optional<ModelId> nearest;
    qreal best = reach * reach;
    for (const Group& group : m_groups)
        for (std::size_t i = 0; i < group.models.size(); ++i) {
            const QPointF distance = position(group.places[i]) - at;
            const qreal square = QPointF::dotProduct(distance, distance);
            if (square > best) // of equals the last: it is drawn on top
                continue;
            best = square;
            nearest = group.models[i];
        }
    return nearest;
}

std::vector<ModelId> PointLayer::modelsIn(const QRectF& rectangle) const
{
    // In shares of the plot, so that each point costs four comparisons.
    const QRectF within = rectangle.normalized() & m_area;
    const auto left = static_cast<float>((within.left() - m_area.left()) / m_area.width());
    const auto right = static_cast<float>((within.right() - m_area.left()) / m_area.width());
    const auto top = static_cast<float>((within.top() - m_area.top()) / m_area.height());
    const auto bottom = static_cast<float>((within.bottom() - m_area.top()) / m_area.height());
    std::vector<ModelId> models;
    for (const Group& group : m_groups)
        for (std::size_t i = 0; i < group.models.size(); ++i) {
            const Place place = group.places[i];
            if (place.x >= left && place.x <= right && place.y >= top && place.y <= bottom)
                models.push_back(group.models[i]);
        }
    return models;
}

std::optional<QPointF> PointLayer::positionOf(ModelId model) const
{
    for (const Group& group : m_groups) {
        const auto found = std::find(group.models.begin(), group.models.end(), model);
        if (found != group.models.end())
            return position(group.places[static_cast<std::size_t>(found - group.models.begin())]);
    }
    return std::nullopt;
}

bool PointLayer::isFree(const QRectF& rectangle) const
{
    for (const Group& group : m_groups) {
        const QRectF around = rectangle.adjusted(-group.size / 2, -group.size / 2, group.size / 2, group.size / 2);
        for (const Place place : group.places)
            if (around.contains(position(place)))
                return false;
    }
    return true;
}

bool PointLayer::isDense() const
{
    std::size_t n = 0;
    for (const Group& group : m_groups)
        n += group.places.size();
    return n > densityFrom;
}

QImage PointLayer::emptyImage() const
{
    QImage image((m_area.size() * m_pixelRatio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(m_pixelRatio);
    image.fill(Qt::transparent);
    return image;
}

void PointLayer::draw(QImage& image, const Group& group, const SpaceStyle& style, Which which) const
{
    const bool dense = isDense() && group.sizes.empty();
    Density density(dense ? image.width() : 0, dense ? image.height() : 0);
    std::map<int, QImage> stamps; // by size in pixels
    const auto stamp = [&](qreal size) -> const QImage& {
        QImage& made = stamps[qRound(size * m_pixelRatio)];
        if (made.isNull())
            made = markerImage(style, size, m_pixelRatio);
        return made;
    };
    const QImage& usual = stamp(group.size);
    for (std::size_t i = 0; i < group.places.size(); ++i) {
        if (which == Which::selected && !m_selection->contains(group.models[i]))
            continue;
        const qreal x = static_cast<qreal>(group.places[i].x) * image.width();
        const qreal y = static_cast<qreal>(group.places[i].y) * image.height();
        if (dense)
            density.add(x, y);
        else
            stampOnto(image, group.sizes.empty() ? usual : stamp(static_cast<qreal>(group.sizes[i])), x, y);
    }
    density.drawOnto(image, style.colour);
}

void PointLayer::render()
{
    if (!m_selection || m_selection->isEmpty()) {
        m_image = emptyImage();
        for (const Group& group : m_groups)
            draw(m_image, group, group.look, Which::all);
        return;
    }
    if (m_receded.isNull()) {
        m_receded = emptyImage();
        for (const Group& group : m_groups) {
            SpaceStyle receding = group.look;
            if (!group.models.empty())
                receding.colour = m_receding;
            draw(m_receded, group, receding, Which::all);
        }
    }
    m_image = m_receded.copy();
    for (const Group& group : m_groups)
        if (!group.models.empty())
            draw(m_image, group, group.selected, Which::selected);
}

void PointLayer::drawShapes(QPainter& painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (const Group& group : m_groups) {
        painter.setBrush(group.look.colour);
        for (std::size_t i = 0; i < group.places.size(); ++i)
            paintMarkerShape(painter, group.look.marker, position(group.places[i]),
                             group.sizes.empty() ? group.size - 1 : static_cast<qreal>(group.sizes[i]));
    }
}

void PointLayer::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (m_area.isEmpty())
        return;
    painter->setClipRect(m_area);
    if (m_band)
        painter->fillRect(QRectF(QPointF(m_area.left() + (*m_band)[0] * m_area.width(), m_area.top()),
                                 QPointF(m_area.left() + (*m_band)[1] * m_area.width(), m_area.bottom())),
                          m_bandColour);
    if (m_detail == Detail::print)
        return drawShapes(*painter);
    if (m_image.isNull())
        render();
    painter->drawImage(m_area.topLeft(), m_image);
    if (!m_selection || !m_selection->current())
        return;
    if (const std::optional<QPointF> at = positionOf(*m_selection->current())) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(m_ring, 1.6));
        painter->drawEllipse(*at, 6.5, 6.5);
    }
}

} // namespace spacewright
