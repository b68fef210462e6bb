// Whether numbers can be computed with at all.
#pragma once
#include <algorithm>
#include <cmath>
#include <vector>

namespace spacewright {

inline bool allFinite(const std::vector<double>& numbers)
{
    return std::all_of(numbers.begin(), numbers.end(), [](double x) { return std::isfinite(x); });
}

} // namespace spacewright
