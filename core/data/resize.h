// Makes images square and of one size.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace spacewright {

constexpr int largestImageSize = 4096; ///< pixels; beyond that a header is taken as broken

/// How the values of an image lie in arrays and tables.
struct ImageLayout {
    int channels = 1, height = 0, width = 0;
    bool channelsLast = false; ///< side by side in each pixel; otherwise plane after plane

    int side() const { return height < width ? height : width; } ///< of the centre square, which is what is kept
    std::size_t values() const { return std::size_t(channels) * std::size_t(height) * std::size_t(width); }
    /// channels x side x side of an image's values().
    std::vector<std::uint8_t> squarePlanes(const std::vector<std::uint8_t>& image) const;
    /// A sentence about what is left out; empty where nothing is.
    std::string note() const;
};

/// A picture with the channels of a pixel side by side, as it is decoded.
struct Picture {
    int width = 0, height = 0, channels = 1;
    std::vector<std::uint8_t> values; ///< height x width x channels
};

/// Plane after plane: channels x size x size. The centre square, each new pixel the mean over the area that it covers.
std::vector<std::uint8_t> squarePlanes(const Picture&, int size);

} // namespace spacewright
