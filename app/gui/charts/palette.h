// Colours and line styles. Colour means space: the same in every chart, table and journal row, light or dark.
#pragma once
#include <QIcon>
#include <QImage>
#include <QPalette>
#include <QPen>

namespace spacewright {

enum class MarkerShape { circle, square, triangle, diamond };

/// How a space is drawn: a colour (Okabe and Ito's, safe for colour-blind people) and, as a second sign, dash and
/// marker.
struct SpaceStyle {
    QColor colour;
    QList<qreal> dashes; ///< in pen widths; empty is a solid line
    MarkerShape marker = MarkerShape::circle;
};

/// The colours that are not a space's. Text has a contrast of at least 4.5:1 on `background`.
struct Theme {
    bool dark = false;
    QColor background;
    QColor text;
    QColor muted; ///< text of second rank
    QColor grid;
    QColor receding; ///< points of spaces that are not selected
    QColor band;     ///< of the bootstrap, blue as in the paper
    QColor best;     ///< its line
};

/// Follows the desktop: light or dark by the brightness of the window's background.
Theme themeOf(const QPalette&);
/// Black on white, for files and paper.
Theme printTheme();

/// `index` is the space's place in the study, from 0.
SpaceStyle spaceStyle(int index, const Theme&);
QPen linePen(const SpaceStyle&, qreal width);
/// A square image of `size` points with the marker in its middle, drawn for screens of `pixelRatio`.
QImage markerImage(const SpaceStyle&, qreal size, qreal pixelRatio = 1);
/// The marker for rows of tables and trees; selected rows leave its colour alone.
QIcon markerIcon(const SpaceStyle&);
/// Paints the marker around `centre`, `size` points wide.
void paintMarker(QPainter&, const SpaceStyle&, QPointF centre, qreal size);
/// The same with the painter's own pen and brush: files of many markers stay small.
void paintMarkerShape(QPainter&, MarkerShape, QPointF centre, qreal size);

} // namespace spacewright
