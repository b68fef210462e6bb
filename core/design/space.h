// A design space as data: a prototype network, the distributions of its parameters, and constraints.
#pragma once
#include "core/design/constraint.h"
#include "core/design/distribution.h"
#include "core/network/network.h"
#include <optional>

namespace spacewright {

/// A value of the training recipe that is drawn with each network, log-uniformly between two positive ends.
struct RecipeRange {
    double low = 0, high = 0;

    bool operator==(const RecipeRange&) const = default;
};

struct Space {
    enum class Family { anyNet, regNet };
    std::string name;
    Family family = Family::anyNet;
    int stages = 4;
    std::optional<int> fewestStages; ///< regNet only: networks have from as many to `stages`; none: all have `stages`
    Network prototype; ///< stem, block, activation, head, channels, resolution, classes; its stages stay empty
    int stride = 2;    ///< of every stage

    Distribution depth; ///< anyNet: blocks of a stage; regNet: d, blocks in all
    Distribution bottleneckRatio;
    Distribution groupWidth;
    Distribution width;        ///< anyNet only: of a stage
    Distribution initialWidth; ///< regNet only: w_0
    Distribution slope;        ///< regNet only: w_a
    Distribution multiplier;   ///< regNet only: w_m

    std::optional<RecipeRange> rate, weightDecay; ///< free dimensions of the recipe; none: the study's own values

    std::vector<Constraint> constraints;
    /// When there are any, the space is exactly these, each as likely as any other, and the distributions lie idle.
    std::vector<Network> networks;

    bool operator==(const Space&) const = default;
};

/// AnyNetX_A .. AnyNetX_E, RegNetX (Radosavovic et al. 2020, table 1), RegNetX-pycls (pycls' own ranges), then the
/// paper's other spaces: see named_spaces.cpp.
const std::vector<Space>& namedSpaces();
/// The networks that the paper compares with, as spaces of one network each: ResNets, ResNeXts, RegNets,
/// EfficientNets, one like VGG and one like MobileNetV2.
const std::vector<Space>& baselines();
/// Either of them. Throws Error that lists the names.
const Space& namedSpace(const std::string& name);
/// A copy narrowed by one more constraint; the same constraint twice is kept once, a new range replaces none (both
/// hold).
Space constrained(Space, const Constraint&);
/// Throws Error when a constraint does not apply to the space ("w_0" of an AnyNet, "d5" of four stages).
void check(const Space&);

/// "4", or "2 to 4": the numbers of stages of its networks.
std::string stagesText(const Space&);

/// Number of free dimensions by the paper's count (16 for AnyNetX_A, 6 for RegNetX): a RegNet's
/// parameter with one value left is not free, nor is an AnyNet's that has one from the start. A rate or weight decay
/// that is drawn counts too; the sizes below count networks only.
int dimensions(const Space&);
/// log10 of the number of designs by the paper's count (table 1: ties of ordered values ignored), ranges included,
/// complexity limits not.
double log10Size(const Space&);
/// log10 of the number of settings of the quantised parameters, each counted once: shared, ordered (ties included, so
/// C(128 + 3, 4) increasing widths) and range constraints hold for the parameters as drawn. Complexity limits are not
/// counted, nor is what RegNets need to make their number of stages.
double log10ExactSize(const Space&);

} // namespace spacewright
