// Batch normalisation between its passes: what the sums over a batch mean, channel by channel.
// C++17 and no library's types, because nvcc reads it too. The arithmetic stands here once, for the host and the
// device.
#pragma once
#include <cmath>

#ifdef __CUDACC__
#define SPACEWRIGHT_HOST_DEVICE __host__ __device__
#else
#define SPACEWRIGHT_HOST_DEVICE
#endif

namespace spacewright {

constexpr double normEpsilon = 1e-5, normMomentum = 0.1; ///< PyTorch's, and pycls'

/// A batch norm's own numbers, one for each channel.
struct NormChannels {
    int channels = 0;
    const float* gamma = nullptr;
    const float* beta = nullptr;
    float* runningMean = nullptr;
    float* runningVariance = nullptr;
};

/// From the sums that `batchSums` gathered to y = scale * x + offset; moves the running statistics by `momentum`, the
/// variance unbiased, as PyTorch does.
struct FinishStatistics {
    NormChannels norm;
    double rows = 0; ///< values of one channel
    double momentum = normMomentum;
    int entries = 0; ///< of the sums: entry i belongs to channel i % channels
    const double* sums = nullptr;
    const double* squares = nullptr;
    const float* centre = nullptr; ///< may be the running mean
    float* mean = nullptr;
    double* deviation = nullptr; ///< 1 / sqrt(variance + epsilon)
    float* scale = nullptr;
    float* offset = nullptr;
};

/// `scale` and `offset` of the running statistics.
struct UseRunningStatistics {
    NormChannels norm;
    float* scale = nullptr;
    float* offset = nullptr;
};

/// From the sums of g and of g * (x - mean), which `gradientSums` gathered, to the parameters' gradients and to
/// dx = a * g + b * x + c (Ioffe & Szegedy 2015, section 3).
struct FinishGradient {
    NormChannels norm;
    double rows = 0;
    int entries = 0;
    const double* sums = nullptr;
    const double* products = nullptr;
    const float* mean = nullptr;
    const double* deviation = nullptr;
    float* gammaGradient = nullptr;
    float* betaGradient = nullptr;
    float* a = nullptr;
    float* b = nullptr;
    float* c = nullptr;
};

SPACEWRIGHT_HOST_DEVICE inline double totalOf(const double* sums, int entries, int channels, int channel)
{
    double total = 0;
    for (int i = channel; i < entries; i += channels)
        total += sums[i];
    return total;
}

/// One channel, whose sums are added up.
SPACEWRIGHT_HOST_DEVICE inline void finishChannel(const FinishStatistics& f, int i, double sum, double squares)
{
    const double fromCentre = sum / f.rows, average = f.centre[i] + fromCentre;
    const double biased = squares / f.rows - fromCentre * fromCentre;
    const double variance = biased < 0 ? 0 : biased; // keeps a NaN
    const double unbiased = f.rows > 1 ? variance * f.rows / (f.rows - 1) : variance;
    const double deviation = 1 / sqrt(variance + normEpsilon);
    f.deviation[i] = deviation;
    f.mean[i] = static_cast<float>(average);
    f.scale[i] = static_cast<float>(f.norm.gamma[i] * deviation);
    f.offset[i] = static_cast<float>(f.norm.beta[i] - average * f.norm.gamma[i] * deviation);
    const double kept = 1 - f.momentum;
    f.norm.runningMean[i] = static_cast<float>(kept * f.norm.runningMean[i] + f.momentum * average);
    f.norm.runningVariance[i] = static_cast<float>(kept * f.norm.runningVariance[i] + f.momentum * unbiased);
}

SPACEWRIGHT_HOST_DEVICE inline void finishChannel(const UseRunningStatistics& f, int i)
{
    const double factor = f.norm.gamma[i] / sqrt(f.norm.runningVariance[i] + normEpsilon);
    f.scale[i] = static_cast<float>(factor);
    f.offset[i] = static_cast<float>(f.norm.beta[i] - f.norm.runningMean[i] * factor);
}

SPACEWRIGHT_HOST_DEVICE inline void finishChannel(const FinishGradient& f, int i, double sum, double products)
{
    const double gammaGradient = products * f.deviation[i];
    f.betaGradient[i] = static_cast<float>(sum);
    f.gammaGradient[i] = static_cast<float>(gammaGradient);
    const double factor = f.norm.gamma[i] * f.deviation[i], slope = factor * f.deviation[i] * gammaGradient / f.rows;
    f.a[i] = static_cast<float>(factor);
    f.b[i] = static_cast<float>(-slope);
    f.c[i] = static_cast<float>(slope * f.mean[i] - factor * sum / f.rows);
}

void finishNorm(const FinishStatistics&);
void finishNorm(const UseRunningStatistics&);
void finishNorm(const FinishGradient&);

} // namespace spacewright
