// How much of a GPU's memory a training needs: counted from its layers, corrected by what the allocator then reports.
#pragma once
#include "core/network/layers.h"
#include "core/study/recipe.h"

namespace spacewright {

/// Bytes of one training.
struct MemoryNeed {
    std::int64_t parameters = 0;  ///< with their gradients and the optimiser's momentum
    std::int64_t activations = 0; ///< what the backward pass reads, and the gradients that are under way at once
    std::int64_t workspace = 0;   ///< what a convolution takes beside its operands: a guess, as large as they are

    std::int64_t total() const { return parameters + activations + workspace; }
};

/// Of steps over so many images at once, in fused pieces (gpu/fused/network.h).
MemoryNeed memoryNeed(const std::vector<Layer>&, int images, Precision);

/// Turns counted bytes into expected ones, by a factor that begins as a guess and is then the largest one measured: too
/// high, some networks wait; too low, they fail and begin again.
class MemoryForecast {
public:
    double factor() const { return m_factor; }
    std::int64_t bytes(std::int64_t counted) const;

    /// Trainings of `counted` bytes together held `measured` bytes at most; 0 tells nothing.
    void learn(std::int64_t counted, std::int64_t measured);
    /// The device was full although the forecast had room.
    void raise();

private:
    double m_factor = 1.5;
    bool m_measured = false;
};

} // namespace spacewright
