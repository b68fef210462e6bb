// The CUDA version of the batch: one thread per number that is written.
#include "gpu/kernels/cuda_kernels.h"
#include "gpu/kernels/cuda_launch.h"

namespace spacewright::cuda {

namespace {

__global__ void gatherNumbers(BatchSource source, const BatchItem* items, std::int64_t total, float* out)
{
    const std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i >= total)
        return;
    const int c = i % source.channels;
    const int x = i / source.channels % source.size;
    const int y = i / source.channels / source.size % source.size;
    const BatchItem item = items[i / source.channels / source.size / source.size];
    const int row = y + item.down, shifted = x + item.right;
    if (row < 0 || row >= source.size || shifted < 0 || shifted >= source.size) {
        out[i] = 0;
        return;
    }
    const int column = item.flip ? source.size - 1 - shifted : shifted;
    const std::int64_t plane = static_cast<std::int64_t>(item.image) * source.channels + c;
    out[i] = source.pixels[(plane * source.size + row) * source.size + column] * source.scale[c] + source.shift[c];
}

} // namespace

void gather(const BatchSource& source, const BatchItem* items, int count, float* out, const Launch& on)
{
    const std::int64_t total = static_cast<std::int64_t>(count) * source.channels * source.size * source.size;
    if (total == 0)
        return;
    const auto blocks = static_cast<unsigned>((total + blockThreads - 1) / blockThreads);
    gatherNumbers<<<blocks, blockThreads, 0, streamOf(on)>>>(source, items, total, out);
    must(cudaGetLastError());
}

} // namespace spacewright::cuda
