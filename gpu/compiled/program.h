// A static list of operations over one planned arena.
//
// Batch statistics need the whole batch, everything else works image by image. So the list falls into segments, and
// each segment runs through the batch in pieces that fit the cache: a convolution's output is still there when its
// statistics are taken, its gradient when the next convolution wants it.
#pragma once
#include "gpu/compiled/operation.h"
#include <cstdlib>
#include <deque>
#include <initializer_list>
#include <memory>
#include <vector>

namespace spacewright::compiled {

class Program {
public:
    /// A buffer of `floats` per image; valid as long as the program.
    Buffer& buffer(std::size_t floats);
    /// Appends an operation that may run piece by piece; it reads or writes these buffers. Null and buffers of others
    /// may be among them.
    void add(Operation, std::initializer_list<const Buffer*>);
    /// Appends an operation on the batch as a whole: what stands before it is complete, what follows waits for it.
    void addWhole(Operation, std::initializer_list<const Buffer*>);

    /// Places the buffers, once, for batches of up to `images`. Throws std::bad_alloc.
    void plan(int images);
    /// One pass through the list for `images` images, at most the planned number. Where a clock is given, it has a
    /// place for each operation, to which the seconds are added.
    void run(int images, std::vector<double>* seconds = nullptr);

    int operations() const { return static_cast<int>(m_steps.size()); }

    std::size_t arenaBytes() const { return m_arenaFloats * sizeof(float); }

private:
    struct Segment {
        bool whole = false;
        int begin = 0, end = 0;          ///< steps
        int piece = 1;                   ///< images at a time
        std::vector<int> outliving = {}; ///< buffers that do not fit the cache, in the order of their use
    };
    struct Step {
        Operation run;
        std::vector<int> buffers;
    };
    struct Use {
        int first = -1, last = -1; ///< steps
    };

    void append(Operation, bool whole, std::initializer_list<const Buffer*>);
    const Segment& segmentOf(int step) const;
    Use reserved(int buffer) const;
    void announce(std::size_t segment, int first, int images) const;
    std::size_t floatsAtATime(const Segment&) const;
    void place(int images);

    std::deque<Buffer> m_buffers;
    std::vector<Use> m_uses; ///< per buffer
    std::vector<Step> m_steps;
    std::vector<Segment> m_segments;
    std::size_t m_arenaFloats = 0;
    std::unique_ptr<float[], decltype(&std::free)> m_arena{nullptr, &std::free};
};

} // namespace spacewright::compiled
