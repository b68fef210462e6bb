// The limits that a space puts on flops, parameters and activations, ready to be held against sums of formulas.
#pragma once
#include "core/design/space.h"
#include "core/network/stage_formula.h"

namespace spacewright {

struct ComplexityLimit {
    Measure measure;
    std::int64_t low, high; ///< closed
};

/// What "flops", "params" and "acts" name; nothing for any other parameter.
std::optional<Measure> measureOf(const std::string& parameter);
/// One for each count that has limits, all its ranges taken together.
std::vector<ComplexityLimit> complexityLimits(const Space&);

} // namespace spacewright
