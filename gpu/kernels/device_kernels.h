// The CUDA versions of the kernels, called as the host versions in kernels.h are; every pointer is one of the device.
// A table, so that the module that uses them is tested with the host versions where there is no device.
#pragma once
#include "gpu/kernels/batch.h"
#include "gpu/kernels/launch.h"
#include "gpu/kernels/norm_finish.h"
#include "gpu/kernels/normalisation.h"
#include "gpu/kernels/sgd.h"

namespace spacewright {

/// Mean over the batch, as CrossEntropyKernels::forwardBackward; the loss stays on the device.
struct CrossEntropy {
    int batch = 0;
    int classes = 0;
    const float* logits = nullptr;
    const std::uint8_t* labels = nullptr;
    double labelSmoothing = 0;
    float* gradient = nullptr;
    float* loss = nullptr;
};

/// Squeeze-and-excite's passes, as SqueezeExciteKernels: activations of batch x area x channels.
struct Excite {
    int batch = 0;
    int area = 0;
    int channels = 0;
    const float* x = nullptr;       ///< activations, or the gradient that comes back
    const float* factors = nullptr; ///< batch x channels
};

struct DeviceKernels {
    /// As gatherBatch.
    void (*gather)(const BatchSource&, const BatchItem* items, int count, float* out, const Launch&);

    /// How many numbers the kernels that sum over a batch of `count` activations write into each array of sums.
    int (*sumEntries)(std::int64_t count, int channels);

    /// The period is the number of channels. Sums are written, not added to; `sumEntries` of them, and `finish...` adds
    /// up.
    void (*batchSums)(const BatchSums&, const Launch&);
    void (*normalise)(const Normalise&, const Launch&);
    void (*gradientSums)(const GradientSums&, const Launch&);
    void (*gradient)(const NormaliseGradient&, const Launch&);
    void (*finishStatistics)(const FinishStatistics&, const Launch&);
    void (*useRunningStatistics)(const UseRunningStatistics&, const Launch&);
    void (*finishGradient)(const FinishGradient&, const Launch&);

    void (*crossEntropy)(const CrossEntropy&, const Launch&);
    void (*sgd)(const SgdStep&, const Launch&);

    /// y = x * factors. y may be x.
    void (*scale)(const Excite&, float* y, const Launch&);
    /// dfactors = sum over the area of dy * x.
    void (*factorGradient)(const Excite&, const float* dy, float* dfactors, const Launch&);
    /// dx = x * factors + dpooled / area. dx may be x.
    void (*scaleBackward)(const Excite&, const float* dpooled, float* dx, const Launch&);
};

#ifdef SPACEWRIGHT_CUDA
/// Each call returns when the kernel is in the stream; throws Error when the device refuses it.
const DeviceKernels& cudaKernels();
#endif

} // namespace spacewright
