// What the forward and backward kernels of wide convolutions share: an image with a border of zeros, and where the taps
// of the kernel meet it.
#pragma once
#include "gpu/kernels/convolution.h"
#include "gpu/kernels/vector.h"
#include <algorithm>

namespace spacewright::SPACEWRIGHT_SET {

/// Where one image and its border lie in the scratch, and how the convolution reads them.
struct Geometry {
    int pad, outSize, groups;
    int inner, columns;   ///< channels per group that are summed over, and that come out
    int source, target;   ///< channels of the padded image and of the result
    int sourceSize, side; ///< of the padded image without and with the border
    int phases;           ///< along each axis

    Geometry(const ConvolutionShape& s, bool backward)
        : pad((s.kernel - 1) / 2), outSize((s.size - 1) / s.stride + 1), groups(s.groups),
          inner((backward ? s.outputs : s.inputs) / s.groups), columns((backward ? s.inputs : s.outputs) / s.groups),
          source(backward ? s.outputs : s.inputs), target(backward ? s.inputs : s.outputs),
          sourceSize(backward ? outSize : s.size), side(sourceSize + 2 * pad), phases(backward ? s.stride : 1)
    {
    }
    std::size_t floats() const { return static_cast<std::size_t>(side) * side * source; }
};

/// The taps that a phase's pixels meet: places in the kernel, and offsets in the padded image.
struct Taps {
    int count = 0;
    int places[49];
    std::ptrdiff_t offsets[49];

    Taps(const ConvolutionShape& s, const Geometry& g, bool backward, int phaseY, int phaseX)
    {
        for (int y = 0; y < s.kernel; ++y)
            for (int x = 0; x < s.kernel; ++x) {
                int row = y, column = x;
                if (backward) {
                    row = phaseY + g.pad - y;
                    column = phaseX + g.pad - x;
                    if (row % s.stride != 0 || column % s.stride != 0)
                        continue;
                    row = row / s.stride + g.pad;
                    column = column / s.stride + g.pad;
                }
                places[count] = y * s.kernel + x;
                offsets[count++] = (static_cast<std::ptrdiff_t>(row) * g.side + column) * g.source;
            }
    }
};

/// One image into the middle of zeros.
inline void addBorder(const Geometry& g, const float* image, float* padded)
{
    const std::size_t border = static_cast<std::size_t>(g.pad) * g.source, row = g.sourceSize * g.source;
    std::fill_n(padded, border * g.side, 0.0f);
    padded += border * g.side;
    for (int y = 0; y < g.sourceSize; ++y, image += row) {
        std::fill_n(padded, border, 0.0f);
        std::copy_n(image, row, padded + border);
        std::fill_n(padded + border + row, border, 0.0f);
        padded += row + 2 * border;
    }
    std::fill_n(padded, border * g.side, 0.0f);
}

/// See ConvolutionKernels.
void convolutionWeightGradient(const ConvolutionShape&, const float* x, const float* dy, bool add, float* dweights,
                               float* scratch);

} // namespace spacewright::SPACEWRIGHT_SET
