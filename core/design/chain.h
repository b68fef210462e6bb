// Independent discrete choices, one a stage, drawn under the condition that their keys are ordered along the stages.
#pragma once
#include "core/design/random.h"
#include <cstdint>
#include <vector>

namespace spacewright {

/// Exact: a draw has the distribution that rejection of unordered draws would give, ties included, at the cost of one
/// table look-up a stage. (Sorting independent draws would give ties another weight.)
class Chain {
public:
    enum class Order { none, increasing, constant, decreasing };
    struct Choices {
        std::vector<double> keys;    ///< not decreasing
        std::vector<double> weights; ///< of the same length, not negative
    };

    /// Backward over the stages: a choice's weight is multiplied by the mass of what may follow it.
    Chain(const std::vector<Choices>& stages, Order);

    /// Total weight of all ordered sequences: with probabilities as weights, the probability of the order. 0: empty.
    double mass() const { return m_mass; }
    /// Index of the choice of each stage; mass() must be positive. `chosen` has room for stages() values.
    void draw(Random&, int* chosen) const;
    int stages() const { return static_cast<int>(m_stages.size()); }

private:
    struct Stage {
        std::vector<double> cumulative;        ///< cumulative[k]: weight of all choices before k; one longer than them
        std::vector<std::int32_t> guide;       ///< where to begin looking for a weight: makes the look-up O(1)
        std::vector<std::int32_t> first, last; ///< what may follow each choice: [first, last) of the next stage
        int find(double weight) const;
    };
    std::vector<Stage> m_stages;
    double m_mass = 0;
};

} // namespace spacewright
