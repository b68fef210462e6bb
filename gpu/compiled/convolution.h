// Convolutions of a compiled step, over images in channels-last order, without bias.
#pragma once
#include "core/network/layers.h"
#include "gpu/compiled/operation.h"
#include "gpu/kernels/kernels.h"

namespace spacewright::compiled {

/// Weights and their gradient are in PyTorch's order. Each operation keeps what it needs between runs (primitives,
/// weights in another order, made anew when image 0 comes).
Operation convolve(const ProductKernels&, const Layer&, const float* weights, const Buffer& x, const Buffer& y);
Operation convolutionDataGradient(const ProductKernels&, const Layer&, const float* weights, const Buffer& dy,
                                  const Buffer& dx);
/// Overwrites `gradient` with the sum over the batch.
Operation convolutionWeightGradient(const ProductKernels&, const Layer&, const Buffer& x, const Buffer& dy,
                                    float* gradient);

} // namespace spacewright::compiled
