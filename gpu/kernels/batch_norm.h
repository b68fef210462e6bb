// Batch normalisation with what follows it (add, ReLU) in the same pass, and its backward.
#pragma once
#include <cstddef>
#include <cstdint>

namespace spacewright {

/// y = relu?(gamma * (x - mean) * inverseDeviation + beta [+ skip]), with inverseDeviation = 1 / sqrt(variance + 1e-5)
/// and the batch's mean and biased variance per channel. The running ones move by 0.1 towards the batch's, the variance
/// unbiased, as in PyTorch. A NaN stays a NaN through the ReLU.
struct BatchNormForward {
    std::int64_t rows = 0;
    int channels = 0;
    const float* x = nullptr; ///< rows x channels
    const float* gamma = nullptr;
    const float* beta = nullptr;
    const float* skip = nullptr; ///< rows x channels, added before the ReLU; or null
    bool relu = false;
    float* y = nullptr; ///< may be `skip` (or `x`, when there is no backward)
    /// Where relu((...) + skip) is positive: bit i%8 of byte i/8 belongs to element i of y; (rows * channels + 7) / 8
    /// bytes. Only with relu and skip, and null when there is no backward; without a skip the backward finds out
    /// itself.
    std::uint8_t* positive = nullptr;
    float* mean = nullptr; ///< out: the batch's, for the backward
    float* inverseDeviation = nullptr;
    float* runningMean = nullptr;
    float* runningVariance = nullptr;
    float* scratch = nullptr; ///< as many floats as `scratch(channels)` says
};

/// The same with the running statistics, which stay as they are.
struct BatchNormEvaluation {
    std::int64_t rows = 0;
    int channels = 0;
    const float* x = nullptr;
    const float* gamma = nullptr;
    const float* beta = nullptr;
    const float* skip = nullptr;
    bool relu = false;
    float* y = nullptr; ///< may be `x` or `skip`
    const float* runningMean = nullptr;
    const float* runningVariance = nullptr;
    float* scratch = nullptr;
};

/// From dy to dx, dgamma and dbeta.
struct BatchNormBackward {
    std::int64_t rows = 0;
    int channels = 0;
    const float* x = nullptr;
    const float* gamma = nullptr;
    const float* beta = nullptr;
    const float* mean = nullptr; ///< as the forward left them
    const float* inverseDeviation = nullptr;
    bool relu = false; ///< as in the forward
    /// What the forward left, with relu and skip; null else. When given, dy is set to 0 where y was not positive: then
    /// it is the skip's gradient. (Without a ReLU the skip's gradient is dy as it is.)
    const std::uint8_t* positive = nullptr;
    float* dy = nullptr; ///< changed only with `positive`
    float* dx = nullptr; ///< may be `x`; may be `dy`, when nobody else wants that
    float* dgamma = nullptr;
    float* dbeta = nullptr;
    float* scratch = nullptr; ///< as many floats as `scratch(channels)` says
};

struct BatchNormKernels {
    std::size_t (*scratch)(int channels); ///< floats, for any of the three
    void (*forward)(const BatchNormForward&);
    void (*evaluate)(const BatchNormEvaluation&);
    void (*backward)(const BatchNormBackward&);
};

} // namespace spacewright
