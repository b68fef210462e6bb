// Pools.
#include "gpu/kernels/pool.h"
#include "gpu/kernels/area_sum.h"
#include <limits>

namespace spacewright::SPACEWRIGHT_SET {

namespace {

void average(int batch, int area, int channels, const float* x, float* y)
{
    const std::ptrdiff_t image = static_cast<std::ptrdiff_t>(area) * channels;
    for (int n = 0; n < batch; ++n, x += image, y += channels)
        sumOverArea(
            area, channels, 1 / static_cast<float>(area),
            [x](std::ptrdiff_t i, int count) { return loadUpTo(x + i, count); }, y);
}

void averageBackward(int batch, int area, int channels, const float* dy, float* __restrict dx)
{
    const float factor = 1 / static_cast<float>(area);
    for (int n = 0; n < batch; ++n, dy += channels)
        for (int place = 0; place < area; ++place, dx += channels)
            for (int c = 0; c < channels; ++c)
                dx[c] = dy[c] * factor;
}

/// Calls work(output pixel, input pixel, place in the window) for every pair, windows in order, places in order.
template <class Work>
ALWAYS_INLINE void forEachPlace(const MaxPoolShape& shape, Work work)
{
    const int out = (shape.size - 1) / 2 + 1;
    std::ptrdiff_t to = 0;
    for (int n = 0; n < shape.batch; ++n)
        for (int y = 0; y < out; ++y)
            for (int x = 0; x < out; ++x, ++to)
                for (int place = 0; place < 9; ++place) {
                    const int row = 2 * y + place / 3 - 1, column = 2 * x + place % 3 - 1;
                    if (row >= 0 && row < shape.size && column >= 0 && column < shape.size)
                        work(to, (static_cast<std::ptrdiff_t>(n) * shape.size + row) * shape.size + column, place);
                }
}

void maximum(const MaxPoolShape& shape, const float* x, float* y, std::uint8_t* winner)
{
    const int out = (shape.size - 1) / 2 + 1;
    const std::ptrdiff_t count = static_cast<std::ptrdiff_t>(shape.batch) * out * out * shape.channels;
    for (std::ptrdiff_t i = 0; i < count; ++i)
        y[i] = -std::numeric_limits<float>::infinity();
    std::memset(winner, 4, static_cast<std::size_t>(count)); // the centre, which is always there
    forEachPlace(shape, [&](std::ptrdiff_t to, std::ptrdiff_t from, int place) {
        const float* __restrict in = x + from * shape.channels;
        float* __restrict best = y + to * shape.channels;
        std::uint8_t* __restrict where = winner + to * shape.channels;
        for (int c = 0; c < shape.channels; ++c) {
            const bool better = !(in[c] <= best[c]); // so a NaN wins
            best[c] = better ? in[c] : best[c];
            where[c] = better ? static_cast<std::uint8_t>(place) : where[c];
        }
    });
}

void maximumBackward(const MaxPoolShape& shape, const float* dy, const std::uint8_t* winner, float* dx)
{
    std::memset(dx, 0, sizeof(float) * shape.batch * shape.size * shape.size * shape.channels);
    forEachPlace(shape, [&](std::ptrdiff_t to, std::ptrdiff_t from, int place) {
        const float* __restrict gradient = dy + to * shape.channels;
        float* __restrict sum = dx + from * shape.channels;
        const std::uint8_t* __restrict where = winner + to * shape.channels;
        for (int c = 0; c < shape.channels; ++c)
            sum[c] += where[c] == place ? gradient[c] : 0;
    });
}

} // namespace

extern const PoolKernels poolKernels;
const PoolKernels poolKernels{average, averageBackward, maximum, maximumBackward};

} // namespace spacewright::SPACEWRIGHT_SET
