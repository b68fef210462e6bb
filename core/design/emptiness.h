// Why a space yields no networks, in words.
#pragma once
#include "core/design/space.h"
#include <cstdint>
#include <string>

namespace spacewright {

/// Of a space that is empty, or of which nothing was accepted: names a constraint that stands in the way and the
/// nearest to it that would leave something, as text that can be typed, and what else would help. Exact where tables
/// settle the constraints, else by what some hundred thousand proposals find. Takes a fraction of a second.
std::string explainEmptiness(const Space&, std::uint64_t seed);

} // namespace spacewright
