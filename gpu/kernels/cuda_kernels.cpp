// The table of CUDA kernels.
#include "gpu/kernels/cuda_kernels.h"

namespace spacewright {

const DeviceKernels& cudaKernels()
{
    static constexpr DeviceKernels table{
        .gather = cuda::gather,
        .sumEntries = cuda::sumEntries,
        .batchSums = cuda::batchSums,
        .normalise = cuda::normalise,
        .gradientSums = cuda::gradientSums,
        .gradient = cuda::gradient,
        .finishStatistics = cuda::finishStatistics,
        .useRunningStatistics = cuda::useRunningStatistics,
        .finishGradient = cuda::finishGradient,
        .crossEntropy = cuda::crossEntropy,
        .sgd = cuda::sgd,
        .scale = cuda::scale,
        .factorGradient = cuda::factorGradient,
        .scaleBackward = cuda::scaleBackward,
    };
    return table;
}

} // namespace spacewright
