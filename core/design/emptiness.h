// Why a space yields no networks, in words.
#pragma once
#include "core/design/proposer.h"
#include <string>

namespace spacewright {

/// Names the constraint that empties the space (the one that alone stands in the way most often) and the nearest
/// value that would not, judged by some thousand proposals.
std::string explainEmptiness(const Proposer&, std::uint64_t seed);

} // namespace spacewright
