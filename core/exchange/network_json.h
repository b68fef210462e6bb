// Our own description of a network as JSON: what the study keeps and `export --format json` writes.
#pragma once
#include "core/design/sampler.h"
#include <string>

namespace spacewright {

/// One line of JSON: {"depths", "widths", "bottleneck_ratios", "group_widths", "strides", "stem", ...,
/// "flops", "params", "acts", "regnet"?}. The complexity is written for readers and recomputed when read.
std::string toJson(const Sample&);
/// Throws Error naming the field that is missing or wrong, and for a network that cannot be built.
/// Without "drawn_group_widths" the built ones stand in.
Sample sampleFrom(const std::string& json);
/// What a study keeps of a model: the same, or only {"values", "flops", "params", "acts"} where the network is not
/// known.
Sample recordFrom(const std::string& json);

} // namespace spacewright
