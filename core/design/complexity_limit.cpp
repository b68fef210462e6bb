// The limits that a space puts on flops, parameters and activations.
#include "core/design/complexity_limit.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

std::optional<Measure> measureOf(const std::string& parameter)
{
    if (parameter == "flops")
        return &Complexity::flops;
    if (parameter == "params")
        return &Complexity::params;
    if (parameter == "acts")
        return &Complexity::activations;
    return std::nullopt;
}

std::vector<ComplexityLimit> complexityLimits(const Space& space)
{
    constexpr double most = 0x1.0p62; // far beyond what a network that passes check(Network) can have
    std::vector<ComplexityLimit> limits;
    for (const Constraint& c : space.constraints) {
        const auto measure = measureOf(c.parameter);
        if (!measure)
            continue;
        const auto low = static_cast<std::int64_t>(std::ceil(std::clamp(c.low, -most, most)));
        const auto high = static_cast<std::int64_t>(std::floor(std::clamp(c.high, -most, most)));
        const auto known =
            std::find_if(limits.begin(), limits.end(), [&](const ComplexityLimit& l) { return l.measure == *measure; });
        if (known == limits.end())
            limits.push_back({*measure, low, high});
        else
            *known = {*measure, std::max(known->low, low), std::min(known->high, high)};
    }
    return limits;
}

} // namespace spacewright
