// 3x3 convolutions of narrow groups (depthwise among them), padding 1, without bias. Faster than oneDNN wherever they are
// supported (docs/measurements.md).
#pragma once
#include <cstddef>

namespace spacewright {

struct GroupConvolutionShape {
    int batch = 0;
    int size = 0; ///< of the input: height = width; outputs of (size - 1) / stride + 1
    int channels = 0;
    int groupWidth = 0; ///< channels per group, in and out
    int stride = 1;
};

/// Weights and their gradient are in PyTorch's order: channels (out) x groupWidth (in) x 3 x 3. Outputs are
/// overwritten.
struct GroupConvolutionKernels {
    bool (*supports)(
        const GroupConvolutionShape&); ///< group widths 1, 2, 4 and 8, strides 1 and 2, at least 8 channels
    std::size_t (*scratch)(const GroupConvolutionShape&); ///< floats, for any of the three
    void (*forward)(const GroupConvolutionShape&, const float* x, const float* weight, float* y, float* scratch);
    void (*backwardData)(const GroupConvolutionShape&, const float* dy, const float* weight, float* dx, float* scratch);
    void (*backwardWeights)(const GroupConvolutionShape&, const float* x, const float* dy, float* dweight,
                            float* scratch);
};

} // namespace spacewright
