// The queue of memory that is wanted soon.
#include "gpu/kernels/lines_ahead.h"
#include <gtest/gtest.h>
#include <vector>

namespace spacewright {
namespace {

TEST(LinesAhead, handsOutEachRangeOnceAndThenNothing)
{
    const std::vector<float> first(100), second(16); // 400 and 64 bytes: 7 lines and 1
    linesAhead.clear();
    linesAhead.add(first.data(), first.size());
    linesAhead.add(second.data(), second.size());
    for (const int current : {0, 0, 0, 0, 1, 2, 2}) { // before each share of two lines
        EXPECT_EQ(linesAhead.current, current);
        LineByLine share(2);
        share.next();
        share.next();
    }
    EXPECT_EQ(linesAhead.ranges[0].begin, reinterpret_cast<const char*>(first.data()) + 8 * LinesAhead::line);
    linesAhead.clear();
    EXPECT_EQ(linesAhead.count, 0);
}

TEST(LinesAhead, leavesOutRangesThatItHasNoPlaceFor)
{
    const std::vector<float> memory(16);
    linesAhead.clear();
    for (int i = 0; i < LinesAhead::most + 3; ++i)
        linesAhead.add(memory.data(), memory.size());
    EXPECT_EQ(linesAhead.count, LinesAhead::most);
    linesAhead.clear();
}

} // namespace
} // namespace spacewright
