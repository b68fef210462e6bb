// 1x1 convolutions as matrix products: a row for each pixel.
#pragma once
#include "core/network/layers.h"
#include "gpu/compiled/operation.h"
#include "gpu/kernels/kernels.h"

namespace spacewright::compiled {

/// Of kernel 1, one group, any stride.
Operation pointwiseForward(const MatrixKernels&, const Layer&, const float* weights, const Buffer& x, const Buffer& y);
Operation pointwiseDataGradient(const MatrixKernels&, const Layer&, const float* weights, const Buffer& dy,
                                const Buffer& dx);
Operation pointwiseWeightGradient(const MatrixKernels&, const Layer&, const Buffer& x, const Buffer& dy,
                                  float* gradient);

} // namespace spacewright::compiled
