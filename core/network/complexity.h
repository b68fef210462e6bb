// Flops, parameters and activations of a network, counted exactly as pycls counts them.
#pragma once
#include "core/network/network.h"

namespace spacewright {

struct Complexity {
    std::int64_t flops = 0;       ///< multiply-adds, batch 1, at the network's resolution
    std::int64_t params = 0;      ///< trainable parameters
    std::int64_t activations = 0; ///< elements of all convolutions' (and max pools', linears') outputs

    bool operator==(const Complexity&) const = default;
};

/// Counts through the same wiring as `layers`, without building the list; a repeated block is counted once.
Complexity complexity(const Network&);

} // namespace spacewright
