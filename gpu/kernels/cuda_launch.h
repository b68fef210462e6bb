// What the CUDA kernels share: how threads lie over activations, how numbers are read, what a refusal becomes.
#pragma once
#include "gpu/kernels/cuda_check.h"
#include "gpu/kernels/launch.h"
#include <cuda_bf16.h>
#include <algorithm>
#include <cstdint>

namespace spacewright::cuda {

constexpr int blockThreads = 256;

/// Threads of a block lie over neighbouring channels (x) and as many rows as fit (y). Each keeps its channel and
/// strides over rows, so neighbours read neighbours however many channels there are.
struct Tiles {
    dim3 grid, block;

    /// At most `mostBlocks` blocks, each with at least some rows for every thread.
    Tiles(std::int64_t rows, int channels, int mostBlocks)
    {
        constexpr int rowsEach = 8;
        const int across = (channels + blockThreads - 1) / blockThreads, width = (channels + across - 1) / across;
        const int height = std::max(1, blockThreads / width);
        const std::int64_t wanted = (rows + height * rowsEach - 1) / (height * rowsEach);
        const std::int64_t blocks = std::clamp<std::int64_t>(wanted, 1, std::max(1, mostBlocks / across));
        grid = dim3(static_cast<unsigned>(blocks), across);
        block = dim3(width, height);
    }
};

__device__ inline int channelOfThread()
{
    return static_cast<int>(blockIdx.y * blockDim.x + threadIdx.x);
}

__device__ inline std::int64_t firstRow()
{
    return static_cast<std::int64_t>(blockIdx.x) * blockDim.y + threadIdx.y;
}

__device__ inline std::int64_t rowStep()
{
    return static_cast<std::int64_t>(gridDim.x) * blockDim.y;
}

/// Activations as they are in memory, float or bfloat16, read and written as floats.
template <class T>
struct Activations {
    T* data;

    explicit __host__ __device__ Activations(const float* pointer)
        : data(reinterpret_cast<T*>(const_cast<float*>(pointer)))
    {
    }
    __device__ explicit operator bool() const { return data != nullptr; }
    __device__ float operator[](std::int64_t i) const { return static_cast<float>(data[i]); }
    __device__ void set(std::int64_t i, float value) const { data[i] = T(value); }
};

/// Calls launch(T{}) with the type of the activations.
template <class Body>
void withActivations(const Launch& on, Body launch)
{
    on.bf16 ? launch(__nv_bfloat16{}) : launch(float{});
    must(cudaGetLastError());
}

inline cudaStream_t streamOf(const Launch& on)
{
    return static_cast<cudaStream_t>(on.stream);
}

} // namespace spacewright::cuda
