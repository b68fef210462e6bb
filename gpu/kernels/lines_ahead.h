// Memory that will be wanted soon, asked for while a product keeps the arithmetic busy: a batch's activations do not
// fit the caches, and a pass that meets them there first would wait for every line.
#pragma once
#include <cstddef>

namespace spacewright {

/// What to bring into the second-level cache, range after range. Kernels that compute much per float take lines from
/// it; asking beyond a range's end does no harm, and ranges beyond `most` are only not asked for.
struct LinesAhead {
    static constexpr int most = 12;
    static constexpr std::ptrdiff_t line = 64; ///< bytes

    struct Range {
        const char *begin = nullptr, *end = nullptr;
    };
    Range ranges[most];
    int count = 0, current = 0;

    void clear() { count = current = 0; }
    void add(const float* from, std::size_t floats)
    {
        if (count < most)
            ranges[count++] = {reinterpret_cast<const char*>(from), reinterpret_cast<const char*>(from + floats)};
    }
};

extern constinit thread_local LinesAhead linesAhead;

/// A tile's share of `lines` lines: one with every call, the same one again and again when nothing is left.
class LineByLine {
public:
    explicit LineByLine(int lines)
    {
        LinesAhead& ahead = linesAhead;
        if (ahead.current == ahead.count)
            return;
        LinesAhead::Range& range = ahead.ranges[ahead.current];
        m_line = range.begin;
        m_step = LinesAhead::line;
        range.begin += lines * LinesAhead::line;
        if (range.begin >= range.end)
            ++ahead.current;
    }
    void next()
    {
        __builtin_prefetch(m_line, 0, 2); // for reading, into the second level
        m_line += m_step;
    }

private:
    const char* m_line = reinterpret_cast<const char*>(this);
    std::ptrdiff_t m_step = 0;
};

} // namespace spacewright
