// Scaling rules: one network made larger or smaller, one more way to make a population.
#pragma once
#include "core/network/complexity.h"
#include <string>

namespace spacewright {

/// `compound` scales all three together: depth 1.2^phi, width 1.1^phi, resolution 1.15^phi (Tan & Le 2019,
/// section 3.3).
enum class ScalingRule { depth, width, resolution, compound };
std::string toText(ScalingRule);

/// Factors on the depths, the widths (stem and head too) and the resolution.
struct Scale {
    double depth = 1, width = 1, resolution = 1;
};
/// What multiplies the flops by about `factor`: they grow with the depth and the squares of width and resolution.
Scale scaleOf(ScalingRule, double factor);

/// Depths and resolution to the nearest whole number; widths to the nearest multiple of 8 (of 1 where they were none
/// before), then by the compatibility rule with bottleneck ratio and group width unchanged; what was one group stays
/// one. Factor 1 changes nothing. Throws Error when no such network can be built.
Network scaled(const Network&, const Scale&);

struct ScaledNetwork {
    Network network;
    Complexity complexity;
    Scale scale;
};
/// The network of the rule whose flops come closest; whole blocks and widths leave steps, for `depth` of one block.
/// `compound` evens them out by up to a tenth of the width.
/// Throws Error when the rule alone comes no closer than 15 %.
ScaledNetwork scaledTo(const Network&, ScalingRule, std::int64_t flops);

} // namespace spacewright
