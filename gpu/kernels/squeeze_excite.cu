// The CUDA versions of squeeze-and-excite's passes: the grid's depth is the batch, each block looks at one image.
#include "gpu/kernels/cuda_kernels.h"
#include "gpu/kernels/cuda_launch.h"

namespace spacewright::cuda {

namespace {

__device__ std::int64_t firstOfImage(const Excite& call)
{
    return static_cast<std::int64_t>(blockIdx.z) * call.area * call.channels;
}

/// y = x * factors [+ pooled / area]
template <class T>
__global__ void scaleImages(Excite call, const float* pooled, float* to)
{
    const int channel = channelOfThread();
    if (channel >= call.channels)
        return;
    const Activations<T> x(call.x), y(to);
    const std::int64_t entry = static_cast<std::int64_t>(blockIdx.z) * call.channels + channel;
    const float factor = call.factors[entry], more = pooled ? pooled[entry] / call.area : 0;
    for (std::int64_t place = firstRow(); place < call.area; place += rowStep()) {
        const std::int64_t i = firstOfImage(call) + place * call.channels + channel;
        y.set(i, x[i] * factor + more);
    }
}

/// One block for all rows of its channels.
template <class T>
__global__ void sumProducts(Excite call, const float* gradient, float* dfactors)
{
    __shared__ float rows[blockThreads];
    const int channel = channelOfThread(), thread = static_cast<int>(threadIdx.y * blockDim.x + threadIdx.x);
    const Activations<T> x(call.x), dy(gradient);
    float sum = 0;
    if (channel < call.channels)
        for (std::int64_t place = firstRow(); place < call.area; place += rowStep()) {
            const std::int64_t i = firstOfImage(call) + place * call.channels + channel;
            sum += x[i] * dy[i];
        }
    rows[thread] = sum;
    __syncthreads();
    if (threadIdx.y > 0 || channel >= call.channels)
        return;
    for (unsigned row = 1; row < blockDim.y; ++row)
        sum += rows[row * blockDim.x + threadIdx.x];
    dfactors[static_cast<std::int64_t>(blockIdx.z) * call.channels + channel] = sum;
}

Tiles imageTiles(const Excite& call, int mostBlocks)
{
    Tiles tiles(call.area, call.channels, mostBlocks);
    tiles.grid.z = call.batch;
    return tiles;
}

void scaleWith(const Excite& call, const float* pooled, float* to, const Launch& on)
{
    const Tiles tiles = imageTiles(call, 64);
    withActivations(on, [&](auto type) {
        scaleImages<decltype(type)><<<tiles.grid, tiles.block, 0, streamOf(on)>>>(call, pooled, to);
    });
}

} // namespace

void scale(const Excite& call, float* y, const Launch& on)
{
    scaleWith(call, nullptr, y, on);
}

void factorGradient(const Excite& call, const float* dy, float* dfactors, const Launch& on)
{
    const Tiles tiles = imageTiles(call, 1);
    withActivations(on, [&](auto type) {
        sumProducts<decltype(type)><<<tiles.grid, tiles.block, 0, streamOf(on)>>>(call, dy, dfactors);
    });
}

void scaleBackward(const Excite& call, const float* dpooled, float* dx, const Launch& on)
{
    scaleWith(call, dpooled, dx, on);
}

} // namespace spacewright::cuda
