// Batch normalisation in steps, for a batch that passes through in pieces: each step is one pass over a piece, and may
// take what stands before and after it along.
//
// Per-channel arrays are repeated up to a number of whole vectors that keeps a core busy,
// `normalisationPeriod(channels)`, so that element i of a piece (which begins with channel 0) belongs to entry i %
// period.
#pragma once
#include <cstdint>
#include <numeric>

namespace spacewright {

inline int normalisationPeriod(int channels)
{
    const int vectors = std::lcm(channels, 16);
    return vectors * ((63 + vectors) / vectors); // NOLINT(clang-analyzer-core.DivideZero): there are channels
}

/// sums += x - centre, squares += (x - centre)^2, per entry of the period. A centre near the values keeps the digits.
struct BatchSums {
    std::int64_t count = 0; ///< floats, whole rows of channels
    int period = 0;
    const float* x = nullptr;
    const float* centre = nullptr;
    double* sums = nullptr;
    double* squares = nullptr;
};

/// y = relu?(scale * x + offset [+ skip | + skipScale * skip + skipOffset]). A NaN stays a NaN through the ReLU.
struct Normalise {
    std::int64_t count = 0;
    int period = 0;
    const float* x = nullptr;
    const float* scale = nullptr;
    const float* offset = nullptr;
    const float* skip = nullptr;      ///< or null
    const float* skipScale = nullptr; ///< null: the skip is added as it is
    const float* skipOffset = nullptr;
    bool relu = false;
    float* y = nullptr; ///< may be x or skip
};

/// The gradient g = (dy [+ dyOther]) where y > 0, with its sums over the batch: sums += g, products += g * (x - mean),
/// and the same products for the skip's own normalisation where it has one.
struct GradientSums {
    std::int64_t count = 0;
    int period = 0;
    const float* dy = nullptr;
    const float* dyOther = nullptr; ///< or null
    const float* y = nullptr;       ///< null: there is no ReLU
    const float* x = nullptr;
    const float* mean = nullptr;
    const float* skip = nullptr; ///< or null
    const float* skipMean = nullptr;
    float* g = nullptr; ///< may be dy or dyOther; null: not wanted
    double* sums = nullptr;
    double* products = nullptr;
    double* skipProducts = nullptr;
};

/// dx = a * g + b * x + c.
struct NormaliseGradient {
    std::int64_t count = 0;
    int period = 0;
    const float* g = nullptr;
    const float* x = nullptr;
    const float* a = nullptr;
    const float* b = nullptr;
    const float* c = nullptr;
    float* dx = nullptr; ///< may be g or x
};

struct NormalisationKernels {
    void (*batchSums)(const BatchSums&);
    void (*normalise)(const Normalise&);
    void (*gradientSums)(const GradientSums&);
    void (*gradient)(const NormaliseGradient&);
};

} // namespace spacewright
