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

int cropToSquare(std::vector<std::uint8_t>& planes, int height, int width, std::vector<std::string>& notes)
{
    const int side = std::min(height, width);
    if (height == width)
        return side;
    const std::size_t area = std::size_t(height) * std::size_t(width), count = planes.size() / area;
    const std::size_t corner = std::size_t((height - side) / 2) * std::size_t(width) + std::size_t((width - side) / 2);
    auto to = planes.begin();
    for (std::size_t plane = 0; plane < count; ++plane)
        for (int row = 0; row < side; ++row) {
            const auto from = planes.begin() + static_cast<std::ptrdiff_t>(plane * area + corner +
                                                                           std::size_t(row) * std::size_t(width));
            to = std::copy(from, from + side, to); // never reaches beyond what it reads
        }
    planes.erase(to, planes.end());
    notes.push_back("The images are " + std::to_string(height) + "x" + std::to_string(width) + "; the central " +
                    std::to_string(side) + "x" + std::to_string(side) + " of each is used.");
    return side;
}

std::vector<std::uint8_t> toPlanes(std::vector<std::uint8_t> images, int height, int width, int channels)
{
    const std::size_t area = std::size_t(height) * std::size_t(width), step = std::size_t(channels);
    std::vector<std::uint8_t> planes(area * step);
    for (auto image = images.begin(); channels > 1 && image != images.end();) {
        for (std::size_t i = 0; i < area; ++i)
            for (std::size_t c = 0; c < step; ++c)
                planes[c * area + i] = image[static_cast<std::ptrdiff_t>(i * step + c)];
        image = std::copy(planes.begin(), planes.end(), image);
    }
    return images;
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
