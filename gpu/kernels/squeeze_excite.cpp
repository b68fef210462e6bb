// Squeeze-and-excite's passes.
#include "gpu/kernels/squeeze_excite.h"
#include "gpu/kernels/area_sum.h"

namespace spacewright::SPACEWRIGHT_SET {

namespace {

void scale(int batch, int area, int channels, const float* x, const float* factors, float* y)
{
    for (int n = 0; n < batch; ++n, factors += channels)
        for (int place = 0; place < area; ++place, x += channels, y += channels)
#pragma GCC ivdep
            for (int c = 0; c < channels; ++c)
                y[c] = x[c] * factors[c];
}

void factorGradient(int batch, int area, int channels, const float* x, const float* dy, float* dfactors)
{
    const std::ptrdiff_t image = static_cast<std::ptrdiff_t>(area) * channels;
    for (int n = 0; n < batch; ++n, x += image, dy += image, dfactors += channels)
        sumOverArea(
            area, channels, 1,
            [x, dy](std::ptrdiff_t i, int count) { return loadUpTo(x + i, count) * loadUpTo(dy + i, count); },
            dfactors);
}

void backward(int batch, int area, int channels, const float* dy, const float* factors, const float* dpooled, float* dx)
{
    const float share = 1 / static_cast<float>(area);
    for (int n = 0; n < batch; ++n, factors += channels, dpooled += channels)
        for (int place = 0; place < area; ++place, dy += channels, dx += channels)
#pragma GCC ivdep
            for (int c = 0; c < channels; ++c)
                dx[c] = dy[c] * factors[c] + dpooled[c] * share;
}

} // namespace

extern const SqueezeExciteKernels squeezeExciteKernels;
const SqueezeExciteKernels squeezeExciteKernels{scale, factorGradient, backward};

} // namespace spacewright::SPACEWRIGHT_SET
