// RegNet: widths from a quantised linear function (Radosavovic et al. 2020, section 3.3).
#include "core/network/regnet.h"
#include "core/error.h"
#include "core/network/compatibility.h"
#include <cmath>

namespace spacewright {

RegNetWidths regNetWidths(const RegNetParameters& p)
{
    constexpr int quantum = 8;
    if (p.depth < 1 || p.depth > 1000 || p.initialWidth <= 0 || p.initialWidth % quantum != 0 || !(p.slope >= 0) ||
        !(p.slope < 1e6) || !(p.multiplier > 1))
        throw Error("These RegNet parameters make no network: d must be 1 to 1000, w_0 a positive multiple of 8, "
                    "w_a not negative, and w_m above 1.");
    RegNetWidths result;
    result.perBlock.reserve(p.depth);
    double lastLevel = 0;
    for (int j = 0; j < p.depth; ++j) {
        const double linear = p.initialWidth + p.slope * j;                                              // eq. 2
        const double level = std::nearbyint(std::log(linear / p.initialWidth) / std::log(p.multiplier)); // eq. 3
        const double width = p.initialWidth * std::pow(p.multiplier, level);                             // eq. 4
        const int rounded = static_cast<int>(std::nearbyint(width / quantum)) * quantum;
        result.perBlock.push_back(rounded);
        if (result.widths.empty() || result.widths.back() != rounded) {
            result.widths.push_back(rounded);
            result.depths.push_back(0);
        }
        ++result.depths.back();
        lastLevel = level;
    }
    result.levels = static_cast<int>(lastLevel) + 1;
    return result;
}

Network regNet(const RegNetParameters& p, const Network& prototype)
{
    const RegNetWidths generated = regNetWidths(p);
    Network network = prototype;
    network.stages.clear();
    for (std::size_t i = 0; i < generated.widths.size(); ++i) {
        const Fit fit = fitted(generated.widths[i], p.bottleneckRatio, p.groupWidth);
        network.stages.push_back({.depth = generated.depths[i],
                                  .width = fit.width,
                                  .bottleneckRatio = p.bottleneckRatio,
                                  .groupWidth = fit.groupWidth});
    }
    return network;
}

} // namespace spacewright
