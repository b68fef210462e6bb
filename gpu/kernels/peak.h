// As many multiply-adds as the processor can do: what other figures are held against.
#pragma once
#include <cstdint>

namespace spacewright {

struct PeakKernels {
    /// Multiply-adds of one round of `run`.
    std::int64_t perRound;
    /// The result means nothing; it keeps the work from being left out.
    float (*run)(std::int64_t rounds);
};

} // namespace spacewright
