// The host version of the batch: it defines what the CUDA version must give.
#include "gpu/kernels/batch.h"
#include <algorithm>

namespace spacewright {

namespace {

/// One row of one channel into every `channels`-th element of `out`; columns outside the image stay as they are.
void gatherRow(const std::uint8_t* row, const BatchSource& source, const BatchItem& item, int channel, float* out)
{
    const float scale = source.scale[channel], shift = source.shift[channel];
    const int first = std::max(0, -item.right), end = std::min(source.size, source.size - item.right);
    const int step = source.channels;
    if (item.flip) {
        const std::uint8_t* mirrored = row + source.size - 1 - item.right;
        for (int x = first; x < end; ++x)
            out[x * step] = static_cast<float>(mirrored[-x]) * scale + shift;
    } else {
        for (int x = first; x < end; ++x)
            out[x * step] = static_cast<float>(row[x + item.right]) * scale + shift;
    }
}

} // namespace

void gatherBatch(const BatchSource& source, const BatchItem* items, int count, float* out)
{
    const std::int64_t area = static_cast<std::int64_t>(source.size) * source.size, image = area * source.channels;
    for (int n = 0; n < count; ++n) {
        const BatchItem& item = items[n];
        float* to = out + n * image;
        if (item.down != 0 || item.right != 0)
            std::fill(to, to + image, 0.0f);
        for (int c = 0; c < source.channels; ++c) {
            const std::uint8_t* plane = source.pixels + item.image * image + c * area;
            for (int y = std::max(0, -item.down); y < std::min(source.size, source.size - item.down); ++y)
                gatherRow(plane + (y + item.down) * source.size, source, item, c,
                          to + static_cast<std::int64_t>(y) * source.size * source.channels + c);
        }
    }
}

} // namespace spacewright
