// The ONE description of a network's wiring: the counter, the trainer, the exporters and the drawing all read it.
#pragma once
#include "core/network/network.h"

namespace spacewright {

enum class Op { input, conv, batchNorm, relu, silu, sigmoid, maxPool, globalPool, add, scale, linear };

/// One operation. `input` (and `other` for add and scale) are indices of earlier layers in the list.
struct Layer {
    Op op = Op::input;
    std::string name; ///< as in pycls' state dict ("s1.b1.f.a"); unique; ends at the module, without ".weight"
    int input = -1;
    int other = -1;  ///< add: the second summand (the skip); scale: the factors, one per channel
    int inWidth = 0; ///< channels
    int outWidth = 0;
    int inSize = 0; ///< height = width
    int outSize = 0;
    int kernel = 1;
    int stride = 1;
    int groups = 1;
    bool bias = false;
    int stage = 0; ///< 1-based; 0 is the stem, stages + 1 the head
    int block = 0; ///< 1-based within the stage; 0 outside
};

/// Layer 0 is the input; the last layer's output are the logits. Throws Error for a network that `check` refuses.
std::vector<Layer> layers(const Network&);

} // namespace spacewright
