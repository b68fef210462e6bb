// Colours and line styles of spaces and charts.
#include "app/gui/charts/palette.h"

#include <QPainter>
#include <array>

namespace spacewright {

namespace {

// Okabe and Ito 2008, the strongest contrasts first; yellow is darkened on white, where it could not be seen.
constexpr std::array<QRgb, 8> lightColours{0xff0072b2, 0xffd55e00, 0xff009e73, 0xffcc79a7,
                                           0xffe69f00, 0xff56b4e9, 0xff000000, 0xffb5a300};
constexpr std::array<QRgb, 8> darkColours{0xff4aa8e8, 0xfff07b33, 0xff1fc79a, 0xffe39bc4,
                                          0xfff2b62e, 0xff8fd3ff, 0xffffffff, 0xfff0e442};

} // namespace

Theme themeOf(const QPalette& palette)
{
    if (palette.color(QPalette::Window).lightness() >= 128) {
        Theme theme = printTheme();
        theme.background = palette.color(QPalette::Base);
        return theme;
    }
    Theme theme;
    theme.dark = true;
    theme.background = palette.color(QPalette::Base);
    theme.text = QColor(0xe6, 0xe6, 0xe6);
    theme.muted = QColor(0xb4, 0xb4, 0xb4);
    theme.grid = QColor(0x48, 0x48, 0x48);
    theme.receding = QColor(0x70, 0x70, 0x70);
    theme.band = QColor(0x4a, 0xa8, 0xe8, 0x48);
    theme.best = QColor(0xff, 0xff, 0xff);
    return theme;
}

Theme printTheme()
{
    Theme theme;
    theme.background = Qt::white;
    theme.text = QColor(0x1c, 0x1c, 0x1c);
    theme.muted = QColor(0x5a, 0x5a, 0x5a);
    theme.grid = QColor(0xe2, 0xe2, 0xe2);
    theme.receding = QColor(0xbc, 0xbc, 0xbc);
    theme.band = QColor(0x56, 0xb4, 0xe9, 0x50);
    theme.best = Qt::black;
    return theme;
}

SpaceStyle spaceStyle(int index, const Theme& theme)
{
    static const std::array<QList<qreal>, 5> dashes{{{}, {5, 2}, {1.5, 1.5}, {6, 2, 1.5, 2}, {10, 3}}};
    const auto& colours = theme.dark ? darkColours : lightColours;
    SpaceStyle style;
    style.colour = QColor::fromRgba(colours[static_cast<std::size_t>(index) % colours.size()]);
    style.dashes = dashes[static_cast<std::size_t>(index) % dashes.size()];
    style.marker = static_cast<MarkerShape>(index % 4);
    return style;
}

QPen linePen(const SpaceStyle& style, qreal width)
{
    QPen pen(style.colour, width);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::MiterJoin);
    if (!style.dashes.isEmpty())
        pen.setDashPattern(style.dashes);
    return pen;
}

QImage markerImage(const SpaceStyle& style, qreal size, qreal pixelRatio)
{
    const int pixels = qRound(size * pixelRatio);
    QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(pixelRatio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintMarker(painter, style, QPointF(size / 2, size / 2), size - 1);
    return image;
}

QIcon markerIcon(const SpaceStyle& style)
{
    const QPixmap pixmap = QPixmap::fromImage(markerImage(style, 11, 2));
    QIcon icon(pixmap);
    icon.addPixmap(pixmap, QIcon::Selected);
    return icon;
}

void paintMarker(QPainter& painter, const SpaceStyle& style, QPointF centre, qreal size)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.colour);
    paintMarkerShape(painter, style.marker, centre, size);
    painter.restore();
}

void paintMarkerShape(QPainter& painter, MarkerShape shape, QPointF centre, qreal size)
{
    const qreal half = size / 2;
    const auto polygon = [&](std::initializer_list<QPointF> corners) {
        painter.drawPolygon(QPolygonF(corners).translated(centre));
    };
    switch (shape) {
    case MarkerShape::circle:
        painter.drawEllipse(centre, half * 0.92, half * 0.92);
        break;
    case MarkerShape::square:
        painter.drawRect(QRectF(centre - QPointF(half * 0.8, half * 0.8), QSizeF(half * 1.6, half * 1.6)));
        break;
    case MarkerShape::triangle:
        polygon({{0, -half}, {half, half * 0.8}, {-half, half * 0.8}});
        break;
    case MarkerShape::diamond:
        polygon({{0, -half}, {half, 0}, {0, half}, {-half, 0}});
        break;
    }
}

} // namespace spacewright
