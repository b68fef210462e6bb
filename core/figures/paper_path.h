// The paper's own walk: AnyNetX_A -> B -> C -> D -> E -> RegNetX, one step at a time (sections 3.2 and 3.3).
#pragma once
#include "core/statistics/population.h"
#include <stop_token>

namespace spacewright {

struct PaperStep {
    std::string name;                     ///< of the child: "AnyNetX_B", with a prime where that is taken
    std::string what;                     ///< "shared bottleneck ratio (b_i = b)"
    std::optional<Constraint> constraint; ///< none: from E to the RegNet, which is no single constraint
    std::string why;                      ///< the paper's reason, for the note
};

/// Where the walk goes on: at the end of what was walked already from a space; set aside spaces do not count.
struct PaperPlace {
    SpaceId from{};
    std::optional<PaperStep> step; ///< none at the end, and off the path (other constraints than the paper's)
};
PaperPlace paperPlace(const std::vector<StudySpace>&, SpaceId start);

/// Makes the child of the step, with its parent's models that fit, `models` in all. A RegNet gets the parent's stem,
/// blocks, images and complexity limits. Throws as `refine` does.
SpaceId takePaperStep(Study&, SpaceId from, const PaperStep&, std::int64_t models, std::stop_token = {});

} // namespace spacewright
