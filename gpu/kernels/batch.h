// One batch of images: gathers, flips, shifts and normalises 8-bit images into floats, channels last.
// C++17 and no library's types, because nvcc reads it too.
#pragma once
#include <cstdint>

namespace spacewright {

/// Where the images lie.
struct BatchSource {
    const std::uint8_t* pixels = nullptr; ///< count x channels x size x size
    int channels = 1;
    int size = 1;                 ///< height = width
    const float* scale = nullptr; ///< per channel: 1 / (255 deviation)
    const float* shift = nullptr; ///< per channel: -mean / deviation
    int count = 0;                ///< images
};

/// One image of the batch. Output (y, x) is the flipped image at (y + down, x + right); what lies outside is 0, the
/// mean: a crop from the normalised image padded on all sides.
struct BatchItem {
    std::int32_t image = 0;
    std::int16_t down = 0;
    std::int16_t right = 0;
    std::int32_t flip = 0; ///< 1: left and right change places first
};

/// A batch that is still to be gathered.
struct BatchChoice {
    BatchSource source; ///< on the host
    const BatchItem* items = nullptr;
    int count = 0;
};

/// Fills `out`, count x size x size x channels. The version that defines the operation, and serves the CPU.
void gatherBatch(const BatchSource&, const BatchItem* items, int count, float* out);

} // namespace spacewright
