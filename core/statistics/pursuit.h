// Training until the verdict is decided: what to do next about two spaces.
#pragma once
#include "core/statistics/comparison.h"
#include "core/statistics/population.h"

namespace spacewright {

struct NextStep {
    enum class Kind {
        wait,    ///< models of the two are still to be trained; looking before that would favour what trains fast
        draw,    ///< more models are needed: each space is to have `models`
        decided, ///< the verdict is there
        limit    ///< not decided with as many models as are allowed
    };
    Kind kind = Kind::wait;
    std::int64_t models = 0;
    std::string sentence; ///< what is known and what comes next
};

/// The next size is what the power computation asks for (statistics/power.h), but at least 4 more and at most twice
/// as many as there are, since it knows only the errors so far. Early looks must be surer (O'Brien and Fleming's
/// boundary), so that the chance to take equal spaces for different is 5 % in all looks together. `limit`: models of
/// each space.
NextStep nextStep(const Population& child, const Population& parent, std::int64_t limit);

} // namespace spacewright
