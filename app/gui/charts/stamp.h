// Points onto an image, many at a time.
#pragma once
#include "app/gui/charts/palette.h"

namespace spacewright {

/// Lays `stamp` over `image` with its middle at (x, y), in pixels; both are ARGB32_Premultiplied.
void stampOnto(QImage& image, const QImage& stamp, qreal x, qreal y);

/// Counts points per pixel and turns the counts into opacities, their logarithms being drawn.
class Density {
public:
    Density(int width, int height);
    void add(qreal x, qreal y);
    void drawOnto(QImage&, const QColor&) const;

private:
    int m_width, m_height;
    std::vector<std::uint32_t> m_counts;
};

} // namespace spacewright
