// Draws RegNet parameters and turns down those that do not make the space's number of stages.
#pragma once
#include "core/design/sampler.h"

namespace spacewright {

class RegNetProposer {
public:
    /// Throws Error when a range leaves a parameter without any value, saying which values there are.
    explicit RegNetProposer(const Space&);

    /// False when the parameters do not make exactly the space's number of stages, or skip a level.
    bool propose(Random&, Sample&) const;
    static bool settles(const Constraint&);

private:
    bool makesStages(const RegNetParameters&) const;

    Space m_space;
    bool m_slopeIsInitialWidth;
    Table m_depth, m_initialWidth, m_slope, m_multiplier, m_bottleneckRatio, m_groupWidth;
};

} // namespace spacewright
