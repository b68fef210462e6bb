// Times as a person reads them.
#include "core/duration.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

std::string durationText(double seconds)
{
    const auto whole = std::llround(seconds);
    const auto two = [](long long large, const char* unit, long long small, const char* smallUnit) {
        return std::to_string(large) + unit + (small > 0 ? " " + std::to_string(small) + smallUnit : "");
    };
    if (whole < 60)
        return std::to_string(whole) + " s";
    if (whole < 3600)
        return two(whole / 60, " min", whole % 60, " s");
    return two(whole / 3600, " h", whole % 3600 / 60, " min");
}

std::string durationText(double seconds, double low, double high)
{
    const double half = (high - low) / 2;
    const double step = half < 10 ? 1 : half < 100 ? 5 : half < 1000 ? 60 : 600;
    const auto rounded = [step](double value) { return step * std::round(value / step); };
    if (half > seconds / 2) // far from symmetric
        return durationText(rounded(seconds)) + " (" + durationText(rounded(low)) + " to " +
               durationText(rounded(high)) + ")";
    return durationText(rounded(seconds)) + " ± " + durationText(std::max(step, rounded(half)));
}

} // namespace spacewright
