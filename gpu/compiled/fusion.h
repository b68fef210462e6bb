// The layer list in the pieces that a compiled step is made of: what one pass over memory can do is one piece.
#pragma once
#include "core/network/layers.h"
#include <optional>

namespace spacewright::compiled {

/// Numbers are indices in the layer list; a value is known by the layer that makes it.
struct Piece {
    enum class Kind { convolution, normalisation, maxPool, squeezeExcite, head };
    Kind kind = Kind::convolution;
    int input = -1;  ///< value that it reads; of a normalisation: the convolution's output
    int output = -1; ///< value that it makes, and the last layer that it covers

    // normalisation: output = activation(norm(input) [+ skip])
    int norm = -1;
    int skip = -1;     ///< value to be added
    int skipNorm = -1; ///< batch norm that `skip`, then a convolution's output, goes through first
    std::optional<Activation> activation = std::nullopt;

    int firstLayer = -1; ///< squeezeExcite and head: the global pool, which the others follow in the list
};

/// Throws std::logic_error for a wiring that `layers` does not make.
std::vector<Piece> fused(const std::vector<Layer>&);

} // namespace spacewright::compiled
