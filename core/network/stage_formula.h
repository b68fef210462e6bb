// The flops, parameters or activations of a stage as a formula in its depth and the width that enters it.
#pragma once
#include "core/network/complexity.h"
#include <optional>

namespace spacewright {

/// Which of the three counts.
using Measure = std::int64_t Complexity::*;

/// Exact: only the first block sees the width that enters the stage, and all its layers are linear in that width and in
/// the width of its Squeeze-and-Excitation.
struct StageFormula {
    std::int64_t constant = 0;
    std::int64_t perInputChannel = 0;
    std::int64_t perSqueezedChannel = 0;
    std::int64_t perBlock = 0; ///< each block after the first

    std::int64_t of(int depth, int inputWidth, int inputSqueezed) const
    {
        return constant + perInputChannel * inputWidth + perSqueezedChannel * inputSqueezed + perBlock * (depth - 1);
    }
};

/// Finds the formulas by counting blocks (complexity.h), so that they follow whatever the wiring says. Summed over the
/// stages they give the whole network's complexity: the first one holds the stem, the last one the head.
class StageFormulas {
public:
    /// Of networks with the prototype's stem, block and head, this many stages, and one stride for all of them.
    StageFormulas(const Network& prototype, int stages, int stride, Measure);

    int stemWidth() const { return m_prototype.stemWidth; }
    /// The second width that a formula asks for.
    int squeezed(int width) const;
    /// Of the stage (0-based) with this shape; its depth does not matter. Nothing when the block follows no such
    /// formula: where a stride of 1 may leave the skip without its projection, or the block widens its input (mbconv).
    std::optional<StageFormula> of(int stage, const Stage& shape) const;

private:
    Network m_prototype;
    Measure m_measure;
    bool m_linear;
    std::vector<int> m_inputSizes;

    std::int64_t firstBlock(int stage, const Stage& shape, int inputWidth) const;
};

} // namespace spacewright
