// A network for use after training: its batch norms, which are then fixed linear maps, become part of the convolutions.
#pragma once
#include "core/network/state.h"

namespace spacewright {

/// Layers and their arrays, which belong together.
struct Weighted {
    std::vector<Layer> layers;
    std::vector<NamedArray> state; ///< `stateShapes(layers)`'s names and shapes, in that order
};

/// The same function of an image (running statistics, eps 1e-5), without a batch norm: every convolution has a bias.
/// Throws Error when the arrays are not the layers'.
Weighted folded(const Weighted&);

} // namespace spacewright
