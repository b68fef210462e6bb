// A network as a table: a row for each convolution, pool and linear layer, with what follows it.
#pragma once
#include "core/network/complexity.h"
#include "core/network/layers.h"

namespace spacewright {

/// What one layer adds to its network's.
Complexity complexity(const Layer&);

/// Some layers of the list that belong together: a convolution with its norm, activation and addition; a pool; a whole
/// Squeeze-and-Excitation; the last pool with the linear layer.
struct LayerRow {
    Layer layer;             ///< the first of them
    std::vector<Op> then{};  ///< the others, in order
    int first = 0, last = 0; ///< their indices in `layers`
    int outWidth = 0, outSize = 0;
    Complexity complexity{};
};

/// All layers but the input, each in one row. Throws as `layers` does.
std::vector<LayerRow> layerTable(const Network&);

/// What share of the sum of `seconds`, which go by layer, each row takes; all 0 where the sum is.
std::vector<double> timeShares(const std::vector<LayerRow>&, const std::vector<double>& seconds);

/// Height = width of what each stage puts out, pixels.
std::vector<int> stageSizes(const Network&);

} // namespace spacewright
