// Why a space yields no networks, in words.
#pragma once
#include "core/design/space.h"
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace spacewright {

/// A constraint without which there would be networks, and the nearest range in its place with which there are.
struct Remedy {
    Constraint constraint;
    std::optional<Constraint> nearest; ///< of ranges only
};

struct Emptiness {
    std::string sentence;
    std::vector<Remedy> remedies; ///< any one of them helps; in the order of the space's constraints; may be none
};

/// Of a space that is empty, or of which nothing was accepted: names a constraint that stands in the way and the
/// nearest to it that would leave something, as text that can be typed, and what else would help. Exact where tables
/// settle the constraints, else by what some hundred thousand proposals find. Takes a fraction of a second; after a
/// stop request it ends at once with whatever it has.
Emptiness explainEmptiness(const Space&, std::uint64_t seed, std::stop_token = {});

} // namespace spacewright
