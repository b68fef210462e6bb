// How far a parameter of a space reaches, and how its networks spread over that.
#pragma once
#include "core/design/sampler.h"

namespace spacewright {

/// What a parameter is drawn from, by its constraint name: "w" or "w4" of an AnyNet, "w_a" of a RegNet, "d" or "d2",
/// "b", "g"; null for what follows from others (the total depth of an AnyNet, complexities) and of a list of networks.
const Distribution* distributionOf(const Space&, const std::string& parameter);

/// What can be limited by a range: of an AnyNet "d", "w", "b", "g", then "d1" .. and "w1" .. of each stage; of a
/// RegNet "d", "w_0", "w_a", "w_m", "b", "g"; "rate" and "weight_decay" where they are drawn; "flops", "params",
/// "acts".
std::vector<std::string> limitableParameters(const Space&);

/// The closed range that a space leaves a parameter or complexity; infinite where nothing limits it.
struct Limits {
    double low;
    double high;
};
Limits limitsOf(const Space&, const std::string& parameter);

/// An axis cut into bins, none narrower than a 24th of it, each with at least one value that can be drawn.
struct Bins {
    bool logarithmic = false;
    std::vector<double> edges;  ///< increasing, one more than there are bins; empty when nothing was drawn
    std::vector<double> values; ///< where a limit may stand, increasing; empty for what has no steps

    bool operator==(const Bins&) const = default;
};
/// `drawn` are networks of the space: they alone tell how far complexities reach.
Bins binsOf(const Space&, const std::string& parameter, const std::vector<Sample>& drawn);

/// The share of the values in each bin, divided by the bin's share of the axis: 1 everywhere when they are spread
/// evenly. What lies beyond the axis (building rounds widths) counts at its ends; all 0 without networks.
std::vector<double> density(const Bins&, const std::vector<Sample>&, const std::string& parameter);

} // namespace spacewright
