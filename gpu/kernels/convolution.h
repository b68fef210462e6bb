// Convolutions of wide groups (or of one): odd kernels, padding (kernel - 1) / 2, any stride, without bias.
#pragma once
#include <cstddef>

namespace spacewright {

struct ConvolutionShape {
    int batch = 0;
    int size = 0;   ///< of the input: height = width; outputs of (size - 1) / stride + 1
    int inputs = 0; ///< channels of all groups together
    int outputs = 0;
    int groups = 1;
    int kernel = 3; ///< odd, at most 7
    int stride = 1;
};

/// Weights are in PyTorch's order, outputs x (inputs / groups) x kernel x kernel; their gradient is too.
struct ConvolutionKernels {
    /// Floats of the weights in the order that `forward` or `backwardData` reads.
    std::size_t (*packedFloats)(const ConvolutionShape&, bool backward);
    void (*pack)(const ConvolutionShape&, bool backward, const float* weights, float* packed);
    std::size_t (*scratch)(const ConvolutionShape&); ///< floats, for any of the three
    void (*forward)(const ConvolutionShape&, const float* x, const float* packed, float* y, float* scratch);
    void (*backwardData)(const ConvolutionShape&, const float* dy, const float* packed, float* dx, float* scratch);
    /// dweights = or += the gradient.
    void (*backwardWeights)(const ConvolutionShape&, const float* x, const float* dy, bool add, float* dweights,
                            float* scratch);
};

} // namespace spacewright
