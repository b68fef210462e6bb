// Places buffers and runs the list.
#include "gpu/compiled/program.h"
#include "gpu/kernels/lines_ahead.h"
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <new>
#include <numeric>
#include <set>
#include <sys/mman.h>

namespace spacewright::compiled {

namespace {

/// What a piece of a segment may touch: half of the second-level cache of today's cores. A constant, because the pieces
/// decide the order of summation, and a resumed training must add up in the same order.
constexpr std::size_t pieceBytes = 512 << 10;
constexpr std::size_t lineFloats = 16;              ///< buffers begin at cache lines
constexpr std::size_t hugePage = 2 << 20;           ///< bytes; the arena asks for huge pages, for the sake of the TLB
constexpr std::size_t slackFloats = 4 * lineFloats; ///< kernels may read (never use) a vector past a buffer's end

} // namespace

Buffer& Program::buffer(std::size_t floats)
{
    m_uses.emplace_back();
    return m_buffers.emplace_back(Buffer{floats});
}

void Program::append(Operation operation, bool whole, std::initializer_list<const Buffer*> buffers)
{
    const int index = static_cast<int>(m_steps.size());
    if (m_segments.empty() || whole || m_segments.back().whole)
        m_segments.push_back({.whole = whole, .begin = index});
    m_segments.back().end = index + 1;
    Step& step = m_steps.emplace_back();
    step.run = std::move(operation);
    for (int i = 0; i < static_cast<int>(m_buffers.size()); ++i)
        if (std::find(buffers.begin(), buffers.end(), &m_buffers[i]) != buffers.end()) {
            step.buffers.push_back(i);
            if (m_uses[i].first < 0)
                m_uses[i].first = index;
            m_uses[i].last = index;
        }
}

void Program::add(Operation operation, std::initializer_list<const Buffer*> buffers)
{
    append(std::move(operation), false, buffers);
}

void Program::addWhole(Operation operation, std::initializer_list<const Buffer*> buffers)
{
    append(std::move(operation), true, buffers);
}

void Program::plan(int images)
{
    for (std::size_t i = 0; i < m_buffers.size(); ++i)
        m_buffers[i].onePiece = &segmentOf(m_uses[i].first) == &segmentOf(m_uses[i].last);
    for (Segment& segment : m_segments) {
        for (int step = segment.begin; step < segment.end; ++step)
            for (int index : m_steps[step].buffers)
                if (!m_buffers[index].onePiece &&
                    std::find(segment.outliving.begin(), segment.outliving.end(), index) == segment.outliving.end())
                    segment.outliving.push_back(index);
        const std::size_t fitting = pieceBytes / (floatsAtATime(segment) * sizeof(float));
        const int most = segment.whole ? images : static_cast<int>(std::clamp<std::size_t>(fitting, 1, images));
        const int pieces = (images + most - 1) / most;
        segment.piece = (images + pieces - 1) / pieces; // all of nearly the same size
    }
    place(images);
}

const Program::Segment& Program::segmentOf(int step) const
{
    return *std::find_if(m_segments.begin(), m_segments.end(), [&](const Segment& s) { return step < s.end; });
}

/// The steps during which nobody else may have the buffer's memory: a segment runs many times, so a buffer that
/// outlives one keeps its place for the whole of it.
Program::Use Program::reserved(int buffer) const
{
    const Use& use = m_uses[buffer];
    return m_buffers[buffer].onePiece ? use : Use{segmentOf(use.first).begin, segmentOf(use.last).end - 1};
}

/// What the segment's steps work on for one image, at the step with the most; at least 1.
std::size_t Program::floatsAtATime(const Segment& segment) const
{
    std::set<int> touched;
    for (int step = segment.begin; step < segment.end; ++step)
        touched.insert(m_steps[step].buffers.begin(), m_steps[step].buffers.end());
    std::size_t most = 1;
    for (int step = segment.begin; step < segment.end; ++step) {
        std::size_t floats = 0;
        for (int index : touched)
            if (const Use use = reserved(index); use.first <= step && step <= use.last)
                floats += m_buffers[index].floats;
        most = std::max(most, floats);
    }
    return most;
}

/// Largest first, each at the lowest place that is free while it is in use.
void Program::place(int images)
{
    struct Placed {
        Use use;
        std::size_t begin, end;
    };
    const auto size = [&](int index) {
        const Buffer& buffer = m_buffers[index];
        const int held = buffer.onePiece ? segmentOf(m_uses[index].first).piece : images;
        return (held * buffer.floats + lineFloats - 1) / lineFloats * lineFloats;
    };
    std::vector<int> order(m_buffers.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return size(a) > size(b); });

    std::vector<Placed> placed; // by begin
    std::vector<std::size_t> offsets(m_buffers.size());
    for (int index : order) {
        const Use use = reserved(index);
        std::size_t begin = 0;
        for (const Placed& other : placed)
            if (other.use.first <= use.last && use.first <= other.use.last && other.begin < begin + size(index))
                begin = std::max(begin, other.end);
        offsets[index] = begin;
        const Placed here{use, begin, begin + size(index)};
        placed.insert(std::upper_bound(placed.begin(), placed.end(), here,
                                       [](const Placed& a, const Placed& b) { return a.begin < b.begin; }),
                      here);
        m_arenaFloats = std::max(m_arenaFloats, here.end);
    }
    m_arenaFloats += slackFloats;

    const std::size_t bytes = (m_arenaFloats * sizeof(float) + hugePage - 1) / hugePage * hugePage;
    m_arena.reset(static_cast<float*>(std::aligned_alloc(hugePage, bytes)));
    if (!m_arena)
        throw std::bad_alloc();
    madvise(m_arena.get(), bytes, MADV_HUGEPAGE); // only an advice
    for (std::size_t i = 0; i < m_buffers.size(); ++i)
        m_buffers[i].data = m_arena.get() + offsets[i];
}

/// Has what the next piece works on brought near, while this one computes.
void Program::announce(std::size_t segment, int first, int images) const
{
    linesAhead.clear();
    if (first >= images) {
        first = 0;
        do
            if (++segment == m_segments.size())
                return;
        while (m_segments[segment].whole);
    }
    const Segment& next = m_segments[segment];
    for (int index : next.outliving)
        linesAhead.add(m_buffers[index].at(first), std::min(next.piece, images - first) * m_buffers[index].floats);
}

void Program::run(int images, std::vector<double>* seconds)
{
    using Clock = std::chrono::steady_clock;
    for (std::size_t s = 0; s < m_segments.size(); ++s) {
        const Segment& segment = m_segments[s];
        const int piece = segment.whole ? images : segment.piece;
        for (int first = 0; first < images; first += piece) {
            const int count = std::min(piece, images - first);
            if (!segment.whole)
                announce(s, first + piece, images);
            for (int step = segment.begin; step < segment.end; ++step) {
                const Clock::time_point start = seconds ? Clock::now() : Clock::time_point();
                m_steps[step].run({first, count, first + count == images});
                if (seconds)
                    seconds->at(step) += std::chrono::duration<double>(Clock::now() - start).count();
            }
        }
    }
}

} // namespace spacewright::compiled
