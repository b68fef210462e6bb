// The CUDA version of soft cross entropy: one block, a warp for each image in turn. There are few logits, and one block
// adds up in one order.
#include "gpu/kernels/cuda_kernels.h"
#include "gpu/kernels/cuda_launch.h"

namespace spacewright::cuda {

namespace {

constexpr int warpThreads = 32, warps = 32;

template <class Combine>
__device__ double overWarp(double value, Combine combine)
{
    for (int distance = warpThreads / 2; distance > 0; distance /= 2)
        value = combine(value, __shfl_xor_sync(0xffffffff, value, distance));
    return value;
}

struct Sum {
    __device__ double operator()(double a, double b) const { return a + b; }
};
struct Larger {
    __device__ double operator()(double a, double b) const { return a > b ? a : b; }
};

/// The loss of one image, for all of the warp.
__device__ double lossOf(const CrossEntropy& call, int image, int lane)
{
    const float* row = call.logits + static_cast<std::int64_t>(image) * call.classes;
    float* out = call.gradient + static_cast<std::int64_t>(image) * call.classes;
    const int label = call.labels[image];
    const double atLabel = row[label];
    double largest = row[0], sum = 0, mean = 0;
    for (int k = lane; k < call.classes; k += warpThreads)
        largest = Larger()(row[k], largest);
    largest = overWarp(largest, Larger());
    for (int k = lane; k < call.classes; k += warpThreads) {
        sum += exp(row[k] - largest);
        mean += row[k] / static_cast<double>(call.classes);
    }
    const double logSum = largest + log(overWarp(sum, Sum()));
    mean = overWarp(mean, Sum());
    for (int k = lane; k < call.classes; k += warpThreads) {
        const double target = call.labelSmoothing / call.classes + (k == label ? 1 - call.labelSmoothing : 0);
        out[k] = static_cast<float>((exp(row[k] - logSum) - target) / call.batch);
    }
    return logSum - (1 - call.labelSmoothing) * atLabel - call.labelSmoothing * mean;
}

__global__ void forwardBackward(CrossEntropy call)
{
    __shared__ double losses[warps];
    const int warp = static_cast<int>(threadIdx.x) / warpThreads, lane = static_cast<int>(threadIdx.x) % warpThreads;
    double loss = 0;
    for (int image = warp; image < call.batch; image += warps)
        loss += lossOf(call, image, lane);
    if (lane == 0)
        losses[warp] = loss;
    __syncthreads();
    if (warp == 0) {
        loss = overWarp(losses[lane], Sum());
        if (lane == 0)
            *call.loss = static_cast<float>(loss / call.batch);
    }
}

} // namespace

void crossEntropy(const CrossEntropy& call, const Launch& on)
{
    forwardBackward<<<1, warps * warpThreads, 0, streamOf(on)>>>(call);
    must(cudaGetLastError());
}

} // namespace spacewright::cuda
