// Makes images square and of one size.
#include "core/data/resize.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

/// Which old pixels a new one covers, and how much of it each fills; the shares add up to 1.
struct Cover {
    int first = 0;
    std::vector<float> shares;
};

std::vector<Cover> covers(int oldSize, int newSize)
{
    std::vector<Cover> result(static_cast<std::size_t>(newSize));
    const double step = static_cast<double>(oldSize) / newSize;
    for (int i = 0; i < newSize; ++i) {
        const double from = i * step, to = std::min<double>((i + 1) * step, oldSize);
        Cover& cover = result[static_cast<std::size_t>(i)];
        cover.first = static_cast<int>(from);
        for (int old = cover.first; old < to; ++old)
            cover.shares.push_back(
                static_cast<float>((std::min<double>(old + 1, to) - std::max<double>(old, from)) / step));
    }
    return result;
}

} // namespace

std::vector<std::uint8_t> ImageLayout::squarePlanes(const std::vector<std::uint8_t>& image) const
{
    const std::size_t rows = std::size_t(height), columns = std::size_t(width), square = std::size_t(side());
    const std::size_t top = (rows - square) / 2, left = (columns - square) / 2, planeCount = std::size_t(channels);
    const std::size_t pixelStep = channelsLast ? planeCount : 1, planeStep = channelsLast ? 1 : rows * columns;
    std::vector<std::uint8_t> planes;
    planes.reserve(planeCount * square * square);
    for (std::size_t plane = 0; plane < planeCount; ++plane)
        for (std::size_t row = top; row < top + square; ++row)
            for (std::size_t column = left; column < left + square; ++column)
                planes.push_back(image[plane * planeStep + (row * columns + column) * pixelStep]);
    return planes;
}

std::string ImageLayout::note() const
{
    const std::string kept = std::to_string(side()) + "x" + std::to_string(side());
    return height == width ? ""
                           : "The images are " + std::to_string(height) + "x" + std::to_string(width) +
                                 "; the central " + kept + " of each is used.";
}

std::vector<std::uint8_t> squarePlanes(const Picture& picture, int size)
{
    const int side = std::min(picture.width, picture.height), channels = picture.channels;
    const int left = (picture.width - side) / 2, top = (picture.height - side) / 2;
    const std::vector<Cover> cover = covers(side, size);
    std::vector<std::uint8_t> planes(std::size_t(channels) * std::size_t(size) * std::size_t(size));
    std::vector<float> narrow(std::size_t(side) * std::size_t(size)); // one channel, resized across
    for (int channel = 0; channel < channels; ++channel) {
        for (int y = 0; y < side; ++y) {
            const std::uint8_t* row =
                picture.values.data() +
                (std::size_t(top + y) * std::size_t(picture.width) + std::size_t(left)) * std::size_t(channels) +
                channel;
            for (int x = 0; x < size; ++x) {
                const Cover& columns = cover[std::size_t(x)];
                float sum = 0;
                for (std::size_t i = 0; i < columns.shares.size(); ++i)
                    sum += columns.shares[i] * row[(std::size_t(columns.first) + i) * std::size_t(channels)];
                narrow[std::size_t(y) * std::size_t(size) + std::size_t(x)] = sum;
            }
        }
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x) {
                const Cover& rows = cover[std::size_t(y)];
                float sum = 0;
                for (std::size_t i = 0; i < rows.shares.size(); ++i)
                    sum += rows.shares[i] * narrow[(std::size_t(rows.first) + i) * std::size_t(size) + std::size_t(x)];
                planes[(std::size_t(channel) * std::size_t(size) + std::size_t(y)) * std::size_t(size) +
                       std::size_t(x)] = static_cast<std::uint8_t>(std::clamp(std::lround(sum), 0L, 255L));
            }
    }
    return planes;
}

} // namespace spacewright
