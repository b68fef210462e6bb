// When a training is hopeless.
#include "core/schedule/stopping.h"
#include <algorithm>

namespace spacewright {

std::optional<double> hopelessBound(double error, const std::vector<EpochOutcome>& finished)
{
    if (finished.size() < leastForStopping)
        return std::nullopt;
    double improvement = 0;
    std::vector<double> finals;
    for (const EpochOutcome& one : finished) {
        improvement = std::max(improvement, one.errorThen - one.finalError);
        finals.push_back(one.finalError);
    }
    const auto middle = finals.begin() + static_cast<std::ptrdiff_t>(finals.size() / 2);
    std::nth_element(finals.begin(), middle, finals.end());
    const double bound = error - improvement;
    return bound > *middle ? std::optional(bound) : std::nullopt;
}

} // namespace spacewright
