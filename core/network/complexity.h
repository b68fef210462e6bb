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

/// What the parts add to it, and the width (channels) and size (height = width, pixels) of what they yield.
struct PartComplexity {
    Complexity complexity;
    int width = 0;
    int size = 0;
};
PartComplexity stemComplexity(const Network&);
/// One block of the stage: the one with this stride, 1 for all but the first.
PartComplexity blockComplexity(const Network&, const Stage&, int stride, int inputWidth, int inputSize);
PartComplexity headComplexity(const Network&, int inputWidth, int inputSize);

} // namespace spacewright
