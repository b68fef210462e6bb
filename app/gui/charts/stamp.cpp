// Points onto an image, many at a time.
#include "app/gui/charts/stamp.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace spacewright {

namespace {

/// Source over destination, both premultiplied: two channels at a time, divided by 255 with rounding.
QRgb over(QRgb source, QRgb below)
{
    const std::uint32_t rest = 255 - (source >> 24);
    const auto scaled = [rest](std::uint32_t channels) {
        const std::uint32_t product = channels * rest + 0x800080;
        return ((product + ((product >> 8) & 0xff00ff)) >> 8) & 0xff00ff;
    };
    return source + (scaled(below & 0xff00ff) | scaled((below >> 8) & 0xff00ff) << 8);
}

} // namespace

void stampOnto(QImage& image, const QImage& stamp, qreal x, qreal y)
{
    const int left = static_cast<int>(std::lround(x - stamp.width() / 2.0));
    const int top = static_cast<int>(std::lround(y - stamp.height() / 2.0));
    const int fromX = std::max(0, -left), toX = std::min(stamp.width(), image.width() - left);
    const int fromY = std::max(0, -top), toY = std::min(stamp.height(), image.height() - top);
    for (int row = fromY; row < toY; ++row) {
        const auto* source = reinterpret_cast<const QRgb*>(stamp.constScanLine(row));
        auto* target = reinterpret_cast<QRgb*>(image.scanLine(top + row)) + left;
        for (int column = fromX; column < toX; ++column)
            target[column] = over(source[column], target[column]);
    }
}

Density::Density(int width, int height)
    : m_width(width), m_height(height), m_counts(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
{
}

void Density::add(qreal x, qreal y)
{
    const int column = static_cast<int>(x), row = static_cast<int>(y);
    if (column < 1 || row < 1 || column >= m_width - 1 || row >= m_height - 1)
        return;
    // A plus of five pixels, so that a single model can be seen.
    const auto at =
        static_cast<std::size_t>(row) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(column);
    const auto line = static_cast<std::size_t>(m_width);
    for (const std::size_t pixel : {at, at - 1, at + 1, at - line, at + line})
        ++m_counts[pixel];
}

void Density::drawOnto(QImage& image, const QColor& colour) const
{
    constexpr double faintest = 0.22; // of one model
    const std::uint32_t most = m_counts.empty() ? 0 : *std::max_element(m_counts.begin(), m_counts.end());
    if (most == 0)
        return;
    std::array<QRgb, 1024> shades{};
    const auto step = [&](std::uint32_t count) {
        return static_cast<std::size_t>(
            std::lround(std::log(count) / std::log(std::max(2u, most)) * static_cast<double>(shades.size() - 1)));
    };
    for (std::size_t i = 0; i < shades.size(); ++i) {
        const double opacity =
            faintest + (1 - faintest) * static_cast<double>(i) / static_cast<double>(shades.size() - 1);
        shades[i] = qPremultiply(qRgba(colour.red(), colour.green(), colour.blue(), qRound(255 * opacity)));
    }
    std::vector<QRgb> byCount(std::min<std::size_t>(most, 4096) + 1);
    for (std::size_t count = 1; count < byCount.size(); ++count)
        byCount[count] = shades[step(static_cast<std::uint32_t>(count))];
    const auto line = static_cast<std::size_t>(m_width);
    for (int row = 0; row < m_height; ++row) {
        auto* target = reinterpret_cast<QRgb*>(image.scanLine(row));
        const std::uint32_t* counts = m_counts.data() + static_cast<std::size_t>(row) * line;
        for (std::size_t column = 0; column < line; ++column)
            if (const std::uint32_t count = counts[column])
                target[column] = over(count < byCount.size() ? byCount[count] : shades[step(count)], target[column]);
    }
}

} // namespace spacewright
