// Channel after channel.
#include "gpu/kernels/norm_finish.h"

namespace spacewright {

void finishNorm(const FinishStatistics& f)
{
    for (int i = 0; i < f.norm.channels; ++i)
        finishChannel(f, i, totalOf(f.sums, f.entries, f.norm.channels, i),
                      totalOf(f.squares, f.entries, f.norm.channels, i));
}

void finishNorm(const UseRunningStatistics& f)
{
    for (int i = 0; i < f.norm.channels; ++i)
        finishChannel(f, i);
}

void finishNorm(const FinishGradient& f)
{
    for (int i = 0; i < f.norm.channels; ++i)
        finishChannel(f, i, totalOf(f.sums, f.entries, f.norm.channels, i),
                      totalOf(f.products, f.entries, f.norm.channels, i));
}

} // namespace spacewright
