// The CUDA version of the optimiser's step: one pass over values, gradients and velocity.
#include "gpu/kernels/cuda_kernels.h"
#include "gpu/kernels/cuda_launch.h"

namespace spacewright::cuda {

namespace {

__global__ void update(SgdStep step)
{
    const std::int64_t threads = static_cast<std::int64_t>(gridDim.x) * blockDim.x;
    for (std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < step.count;
         i += threads) {
        const float gradient = step.gradients[i] + step.weightDecay * step.values[i];
        const float moved = step.momentum * step.velocity[i] + gradient;
        step.velocity[i] = moved;
        step.values[i] -= step.rate * (gradient + step.momentum * moved);
    }
}

} // namespace

void sgd(const SgdStep& step, const Launch& on)
{
    constexpr std::int64_t mostBlocks = 4096;
    const std::int64_t blocks = std::clamp<std::int64_t>((step.count + blockThreads - 1) / blockThreads, 1, mostBlocks);
    update<<<static_cast<unsigned>(blocks), blockThreads, 0, streamOf(on)>>>(step);
    must(cudaGetLastError());
}

} // namespace spacewright::cuda
