// Wilson's score interval.
#include "core/statistics/binomial.h"
#include "core/error.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

PercentInterval errorInterval(std::int64_t wrong, std::int64_t images)
{
    if (images < 1 || wrong < 0 || wrong > images)
        throw Error("An error needs images to be counted on, and no more wrong answers than images.");
    constexpr double z = 1.959963984540054;
    const double n = static_cast<double>(images), p = static_cast<double>(wrong) / n;
    const double centre = p + z * z / (2 * n);
    const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const double scale = 100 / (1 + z * z / n);
    return {std::max(0.0, scale * (centre - half)), std::min(100.0, scale * (centre + half))};
}

} // namespace spacewright
