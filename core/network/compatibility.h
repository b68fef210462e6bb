// Makes width, bottleneck ratio and group width fit each other.
#pragma once
#include "core/network/network.h"

namespace spacewright {

struct Fit {
    int width;
    int groupWidth;
};

/// pycls' `adjust_block_compatibility`: group width at most the bottleneck's width, that width a multiple of the
/// group width, rounding half to even (24.5 -> 24). `width` >= 1, `bottleneckRatio` > 0, `groupWidth` >= 1.
Fit fitted(int width, double bottleneckRatio, int groupWidth);
/// Whether blocks of the type have a bottleneck ratio and a group width of their own.
bool hasGroups(BlockType);
/// Each stage with the width and the group width that fit; blocks without groups stay as they are.
Network compatible(Network);

} // namespace spacewright
