// A design space as data: a prototype network, the distributions of its parameters, and constraints.
#pragma once
#include "core/design/constraint.h"
#include "core/design/distribution.h"
#include "core/network/network.h"

namespace spacewright {

struct Space {
    enum class Family { anyNet, regNet };
    std::string name;
    Family family = Family::anyNet;
    int stages = 4;
    Network prototype; ///< stem, block, activation, head, channels, resolution, classes; its stages stay empty
    int stride = 2;    ///< of every stage

    Distribution depth; ///< anyNet: blocks of a stage; regNet: d, blocks in all
    Distribution bottleneckRatio;
    Distribution groupWidth;
    Distribution width;        ///< anyNet only: of a stage
    Distribution initialWidth; ///< regNet only: w_0
    Distribution slope;        ///< regNet only: w_a
    Distribution multiplier;   ///< regNet only: w_m

    std::vector<Constraint> constraints;

    bool operator==(const Space&) const = default;
};

/// AnyNetX_A .. AnyNetX_E, RegNetX, RegNetX-pycls (METHOD: Radosavovic et al. 2020, table 1; pycls' own ranges), in
/// that order.
const std::vector<Space>& namedSpaces();
/// Throws Error that lists the names.
const Space& namedSpace(const std::string& name);
/// A copy narrowed by one more constraint; the same constraint twice is kept once, a new range replaces none (both
/// hold).
Space constrained(Space, const Constraint&);
/// Throws Error when a constraint does not apply to the space ("w_0" of an AnyNet, "d5" of four stages).
void check(const Space&);

/// Number of free dimensions by the paper's count (16 for AnyNetX_A, 6 for RegNetX).
int dimensions(const Space&);
/// log10 of the number of designs by the paper's count (table 1: ties of ordered values ignored), ranges included,
/// complexity limits not.
double log10Size(const Space&);

} // namespace spacewright
