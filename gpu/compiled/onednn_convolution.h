// oneDNN's convolutions as operations: what no own kernel does.
#pragma once
#include "core/network/layers.h"
#include "gpu/compiled/operation.h"

namespace spacewright::compiled {

Operation oneDnnForward(const Layer&, const float* weights, const Buffer& x, const Buffer& y);
Operation oneDnnDataGradient(const Layer&, const float* weights, const Buffer& dy, const Buffer& dx);
Operation oneDnnWeightGradient(const Layer&, const Buffer& x, const Buffer& dy, float* gradient);

} // namespace spacewright::compiled
