// The CUDA version: a column of threads adds up a channel's sums, its first thread finishes it.
#include "gpu/kernels/cuda_kernels.h"
#include "gpu/kernels/cuda_launch.h"
#include "gpu/kernels/norm_finish.h"

namespace spacewright::cuda {

namespace {

constexpr int columns = 32, helpers = 8; // channels of a block, threads of a channel

/// The sum of the channel's entries, for the column's first thread; all threads of the block take part.
__device__ double total(const double* sums, int entries, int channels, int channel)
{
    __shared__ double part[helpers][columns];
    double sum = 0;
    if (channel < channels)
        for (int i = channel + static_cast<int>(threadIdx.y) * channels; i < entries; i += helpers * channels)
            sum += sums[i];
    part[threadIdx.y][threadIdx.x] = sum;
    __syncthreads();
    sum = 0;
    for (int i = 0; i < helpers; ++i)
        sum += part[i][threadIdx.x];
    __syncthreads();
    return sum;
}

__global__ void finish(FinishStatistics f)
{
    const int channel = static_cast<int>(blockIdx.x * columns + threadIdx.x);
    const double sum = total(f.sums, f.entries, f.norm.channels, channel);
    const double squares = total(f.squares, f.entries, f.norm.channels, channel);
    if (threadIdx.y == 0 && channel < f.norm.channels)
        finishChannel(f, channel, sum, squares);
}

__global__ void finish(FinishGradient f)
{
    const int channel = static_cast<int>(blockIdx.x * columns + threadIdx.x);
    const double sum = total(f.sums, f.entries, f.norm.channels, channel);
    const double products = total(f.products, f.entries, f.norm.channels, channel);
    if (threadIdx.y == 0 && channel < f.norm.channels)
        finishChannel(f, channel, sum, products);
}

__global__ void finish(UseRunningStatistics f)
{
    const int channel = static_cast<int>(blockIdx.x * columns + threadIdx.x);
    if (threadIdx.y == 0 && channel < f.norm.channels)
        finishChannel(f, channel);
}

template <class Call>
void launch(const Call& call, const Launch& on)
{
    const unsigned blocks = (call.norm.channels + columns - 1) / columns;
    finish<<<blocks, dim3(columns, helpers), 0, streamOf(on)>>>(call);
    must(cudaGetLastError());
}

} // namespace

void finishStatistics(const FinishStatistics& call, const Launch& on)
{
    launch(call, on);
}

void useRunningStatistics(const UseRunningStatistics& call, const Launch& on)
{
    launch(call, on);
}

void finishGradient(const FinishGradient& call, const Launch& on)
{
    launch(call, on);
}

} // namespace spacewright::cuda
