// Elementwise functions where they are not part of another kernel's pass.
#pragma once
#include <cstdint>

namespace spacewright {

/// Outputs may be any of the inputs. Sigmoids are accurate to 2e-7.
struct ActivationKernels {
    void (*relu)(std::int64_t count, const float* x, float* y);
    void (*reluBackward)(std::int64_t count, const float* y, const float* dy, float* dx); ///< from the output
    void (*sigmoid)(std::int64_t count, const float* x, float* y);
    void (*sigmoidBackward)(std::int64_t count, const float* y, const float* dy, float* dx); ///< from the output
    void (*silu)(std::int64_t count, const float* x, float* y);                              ///< x * sigmoid(x)
    void (*siluBackward)(std::int64_t count, const float* x, const float* dy, float* dx);    ///< from the INPUT
    void (*add)(std::int64_t count, const float* a, const float* b, float* sum);
};

} // namespace spacewright
