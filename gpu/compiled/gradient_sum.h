// Adds up a parameter's gradient over the pieces of a batch.
#pragma once
#include "gpu/compiled/operation.h"
#include "gpu/kernels/kernels.h"
#include <vector>

namespace spacewright::compiled {

/// Kernels overwrite their output; the first piece's goes straight into the sum, later ones are added to it.
class GradientSum {
public:
    GradientSum(float* sum, std::size_t count) : m_sum(sum), m_piece(count) {}

    float* target(Images images) { return images.first == 0 ? m_sum : m_piece.data(); }
    /// After `target` was written.
    void add(Images images)
    {
        if (images.first > 0)
            kernels().activation.add(static_cast<std::int64_t>(m_piece.size()), m_sum, m_piece.data(), m_sum);
    }

private:
    float* m_sum;
    std::vector<float> m_piece;
};

} // namespace spacewright::compiled
