// Squeeze-and-Excitation in a compiled step: pool, two small layers, sigmoid; the scaling stands apart.
#pragma once
#include "gpu/compiled/operation.h"
#include "gpu/compiled/parameters.h"

namespace spacewright::compiled {

/// Per image: what the forward pass leaves for the backward.
struct SqueezeExcite {
    int area = 1, channels = 1, hidden = 1;
    bool silu = false;         ///< between the two layers; a ReLU otherwise
    std::string first, second; ///< layers
    const Buffer* pooled = nullptr;
    const Buffer* squeezed = nullptr; ///< the first layer's output
    const Buffer* active = nullptr;   ///< after the activation
    const Buffer* factors = nullptr;
};

Operation squeeze(const SqueezeExcite&, Parameters&, const Buffer& x);
/// y = x * factors.
Operation excite(const SqueezeExcite&, const Buffer& x, const Buffer& y);
/// dx from dy, in place, and the layers' gradients.
Operation squeezeExciteGradient(const SqueezeExcite&, Parameters&, const Buffer& x, const Buffer& dy);

} // namespace spacewright::compiled
