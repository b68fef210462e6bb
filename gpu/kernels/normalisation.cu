// The CUDA versions of batch normalisation's passes. Threads sum in floats over some rows and in doubles beyond; blocks
// write their sums side by side, so that nothing depends on which block is first.
#include "gpu/kernels/cuda_kernels.h"
#include "gpu/kernels/cuda_launch.h"

namespace spacewright::cuda {

namespace {

constexpr int rowsInFloat = 64;
constexpr int sumBlocks = 512;   // that write sums: more would only add to what is added up after them
constexpr int passBlocks = 8192; // of a pass without sums

Tiles sumTiles(std::int64_t count, int channels)
{
    return Tiles(count / channels, channels, sumBlocks);
}

/// Adds up `Count` sums over the block's rows; row 0 writes them for each channel.
template <int Count>
__device__ void writeSums(const double (&sums)[Count], int channels, double* const (&to)[Count])
{
    __shared__ double rows[blockThreads];
    const int thread = static_cast<int>(threadIdx.y * blockDim.x + threadIdx.x);
    const int channel = channelOfThread();
    for (int which = 0; which < Count; ++which) {
        rows[thread] = sums[which];
        __syncthreads();
        if (threadIdx.y == 0 && channel < channels && to[which]) {
            double total = 0;
            for (unsigned row = 0; row < blockDim.y; ++row)
                total += rows[row * blockDim.x + threadIdx.x];
            to[which][static_cast<std::int64_t>(blockIdx.x) * channels + channel] = total;
        }
        __syncthreads();
    }
}

template <class T>
__global__ void sumBatch(BatchSums call)
{
    const int channels = call.period, channel = channelOfThread();
    const std::int64_t rows = call.count / channels;
    const Activations<T> x(call.x);
    double sums[2]{};
    if (channel < channels) {
        const float centre = call.centre[channel];
        for (std::int64_t row = firstRow(); row < rows;) {
            float sum = 0, squares = 0;
            for (int i = 0; i < rowsInFloat && row < rows; ++i, row += rowStep()) {
                const float d = x[row * channels + channel] - centre;
                sum += d;
                squares += d * d;
            }
            sums[0] += sum;
            sums[1] += squares;
        }
    }
    writeSums(sums, channels, {call.sums, call.squares});
}

template <class T>
__global__ void normaliseAll(Normalise call)
{
    const int channels = call.period, channel = channelOfThread();
    if (channel >= channels)
        return;
    const std::int64_t rows = call.count / channels;
    const Activations<T> x(call.x), skip(call.skip), y(call.y);
    const float scale = call.scale[channel], offset = call.offset[channel];
    const float skipScale = call.skipScale ? call.skipScale[channel] : 1;
    const float skipOffset = call.skipScale ? call.skipOffset[channel] : 0;
    for (std::int64_t row = firstRow(); row < rows; row += rowStep()) {
        const std::int64_t i = row * channels + channel;
        float z = scale * x[i] + offset;
        if (skip)
            z += skipScale * skip[i] + skipOffset;
        y.set(i, call.relu && z < 0 ? 0 : z); // a NaN stays
    }
}

template <class T>
__global__ void sumGradient(GradientSums call)
{
    const int channels = call.period, channel = channelOfThread();
    const std::int64_t rows = call.count / channels;
    const Activations<T> dy(call.dy), dyOther(call.dyOther), y(call.y), x(call.x), skip(call.skip), to(call.g);
    double sums[3]{};
    if (channel < channels) {
        const float mean = call.mean[channel], skipMean = call.skip ? call.skipMean[channel] : 0;
        for (std::int64_t row = firstRow(); row < rows;) {
            float sum = 0, products = 0, skipProducts = 0;
            for (int n = 0; n < rowsInFloat && row < rows; ++n, row += rowStep()) {
                const std::int64_t i = row * channels + channel;
                float g = dy[i];
                if (dyOther)
                    g += dyOther[i];
                if (y && !(y[i] > 0))
                    g = 0;
                if (to)
                    to.set(i, g);
                sum += g;
                products += g * (x[i] - mean);
                if (skip)
                    skipProducts += g * (skip[i] - skipMean);
            }
            sums[0] += sum;
            sums[1] += products;
            sums[2] += skipProducts;
        }
    }
    writeSums(sums, channels, {call.sums, call.products, call.skipProducts});
}

template <class T>
__global__ void gradientOfInput(NormaliseGradient call)
{
    const int channels = call.period, channel = channelOfThread();
    if (channel >= channels)
        return;
    const std::int64_t rows = call.count / channels;
    const Activations<T> g(call.g), x(call.x), dx(call.dx);
    const float a = call.a[channel], b = call.b[channel], c = call.c[channel];
    for (std::int64_t row = firstRow(); row < rows; row += rowStep()) {
        const std::int64_t i = row * channels + channel;
        dx.set(i, a * g[i] + (b * x[i] + c));
    }
}

/// Launches `kernel<T>` over the call's rows and channels.
#define OVER_ACTIVATIONS(kernel, call, tiles, on)                                                                      \
    withActivations(                                                                                                   \
        on, [&](auto type) { kernel<decltype(type)><<<(tiles).grid, (tiles).block, 0, streamOf(on)>>>(call); })

Tiles passTiles(std::int64_t count, int channels)
{
    return Tiles(count / channels, channels, passBlocks);
}

} // namespace

int sumEntries(std::int64_t count, int channels)
{
    return static_cast<int>(sumTiles(count, channels).grid.x) * channels;
}

void batchSums(const BatchSums& call, const Launch& on)
{
    OVER_ACTIVATIONS(sumBatch, call, sumTiles(call.count, call.period), on);
}

void normalise(const Normalise& call, const Launch& on)
{
    OVER_ACTIVATIONS(normaliseAll, call, passTiles(call.count, call.period), on);
}

void gradientSums(const GradientSums& call, const Launch& on)
{
    OVER_ACTIVATIONS(sumGradient, call, sumTiles(call.count, call.period), on);
}

void gradient(const NormaliseGradient& call, const Launch& on)
{
    OVER_ACTIVATIONS(gradientOfInput, call, passTiles(call.count, call.period), on);
}

} // namespace spacewright::cuda
