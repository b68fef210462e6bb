// The first convolution of a network: few input channels, whole image, padding (kernel - 1) / 2, without bias.
#pragma once
#include <cstddef>

namespace spacewright {

struct StemConvolutionShape {
    int batch = 0;
    int size = 0;   ///< of the input: height = width; outputs of (size - 1) / stride + 1
    int inputs = 1; ///< channels, 1 to 4
    int outputs = 0;
    int kernel = 3; ///< odd
    int stride = 1;
};

/// Weights and their gradient are in PyTorch's order: outputs x inputs x kernel x kernel. Outputs are overwritten.
/// There is no gradient of the images.
struct StemConvolutionKernels {
    std::size_t (*scratch)(const StemConvolutionShape&); ///< floats, for either of the two
    void (*forward)(const StemConvolutionShape&, const float* x, const float* weight, float* y, float* scratch);
    void (*backwardWeights)(const StemConvolutionShape&, const float* x, const float* dy, float* dweight,
                            float* scratch);
};

} // namespace spacewright
