// A fully connected layer with bias: the head, and squeeze-excite's 1x1 convolutions of pooled values.
#pragma once
#include <cstddef>

namespace spacewright {

struct LinearShape {
    int batch = 0;
    int inputs = 0;
    int outputs = 0;
};

/// dweight, dbias and dx (null: not wanted) from dy; nothing is added to, everything is overwritten.
struct LinearBackward {
    const float* x = nullptr;      ///< batch x inputs
    const float* weight = nullptr; ///< outputs x inputs
    const float* dy = nullptr;     ///< batch x outputs
    float* dx = nullptr;
    float* dweight = nullptr;
    float* dbias = nullptr;
};

struct LinearKernels {
    /// y = x weight^T + bias: batch x outputs.
    void (*forward)(const LinearShape&, const float* x, const float* weight, const float* bias, float* y);
    void (*backward)(const LinearShape&, const LinearBackward&);
};

} // namespace spacewright
