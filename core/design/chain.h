// Independent discrete choices, one a stage, drawn under the condition that their keys are ordered along the stages.
#pragma once
#include "core/design/alias_table.h"

namespace spacewright {

/// Exact: a draw has the distribution that rejection of unordered draws would give, ties included, at the cost of a
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
    /// Index of the stage's choice, given that of the stage before it (no matter what for stage 0). Stages are drawn in
    /// order, so that a sequence that turns out unwanted can be left early. mass() must be positive.
    int draw(Random& random, int stage, int previous) const
    {
        const Stage& s = m_stages[stage];
        return stage == 0 || m_order == Order::none ? s.all.draw(random)
                                                    : s.between(random, m_stages[stage - 1].followers[previous]);
    }

private:
    struct Span {
        std::int32_t first, last; ///< [first, last)
    };
    struct Stage {
        AliasTable all;
        std::vector<double> cumulative; ///< cumulative[k]: weight of all choices before k; one longer than them
        std::vector<Span> followers;    ///< what may follow each choice in the next stage
        int between(Random&, Span) const;
    };
    std::vector<Stage> m_stages;
    Order m_order;
    double m_mass = 0;
};

} // namespace spacewright
