// Makes width, bottleneck ratio and group width fit each other.
#include "core/network/compatibility.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace spacewright {

Fit fitted(int width, double bottleneckRatio, int groupWidth)
{
    const double multiplier = 1 / bottleneckRatio; // pycls' BOT_MUL
    int inner = std::max(1, static_cast<int>(width * multiplier));
    groupWidth = std::min(groupWidth, inner);
    // With an inverted bottleneck the inner width must also give a whole outer width.
    const int quantum = multiplier > 1 ? std::lcm(groupWidth, static_cast<int>(multiplier)) : groupWidth;
    inner = std::max(quantum, static_cast<int>(std::nearbyint(static_cast<double>(inner) / quantum)) * quantum);
    return {static_cast<int>(inner / multiplier), groupWidth};
}

bool hasGroups(BlockType block)
{
    return block == BlockType::bottleneck || block == BlockType::bottleneckLinear;
}

Network compatible(Network network)
{
    if (hasGroups(network.block))
        for (Stage& stage : network.stages) {
            const Fit fit = fitted(stage.width, stage.bottleneckRatio, stage.groupWidth);
            stage.width = fit.width;
            stage.groupWidth = fit.groupWidth;
        }
    return network;
}

} // namespace spacewright
