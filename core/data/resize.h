// Makes images square and of one size.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace spacewright {

constexpr int largestImageSize = 4096; ///< pixels; beyond that a header is taken as broken

/// Keeps of each plane of height x width the centre square, in place; adds a note unless they are square already.
/// Returns its side.
int cropToSquare(std::vector<std::uint8_t>& planes, int height, int width, std::vector<std::string>& notes);

/// Images whose channels lie side by side in each pixel, as planes.
std::vector<std::uint8_t> toPlanes(std::vector<std::uint8_t> images, int height, int width, int channels);

/// A picture with the channels of a pixel side by side, as it is decoded.
struct Picture {
    int width = 0, height = 0, channels = 1;
    std::vector<std::uint8_t> values; ///< height x width x channels
};

/// Plane after plane: channels x size x size. The centre square, each new pixel the mean over the area that it covers.
std::vector<std::uint8_t> squarePlanes(const Picture&, int size);

} // namespace spacewright
