// Draws AnyNet stages directly from the conditional distribution of their space.
#pragma once
#include "core/design/chain.h"
#include "core/design/sampler.h"
#include <string>

namespace spacewright {

/// Everything but the total depth and complexity limits is settled by tables: shared parameters by one table for each
/// common value, orders by chains, ranges by leaving choices out.
class AnyNetProposer {
public:
    /// Throws Error naming the constraint whose removal would leave something, when nothing is left.
    explicit AnyNetProposer(const Space&);

    void propose(Random&, Sample&) const;
    /// Probability that independent draws of the space's parameters fulfil what the tables settle.
    double mass() const { return m_depths.mass() * m_widths.mass(); }
    static bool settles(const Constraint&);

private:
    /// A width, bottleneck ratio and group width as drawn, and what is built of them.
    struct Shape {
        double probability;
        double bottleneckRatio;
        int drawnGroupWidth;
        int width;
        int groupWidth;
    };
    /// All stages' shapes for one value of what is shared.
    struct Context {
        std::vector<std::vector<Shape>> stages; ///< by increasing width
        Chain widths;
    };
    Context context(const std::vector<double>& bottleneckRatios, const std::vector<double>& groupWidths) const;

    Space m_space;
    std::vector<std::vector<int>> m_depthValues; ///< per stage, increasing
    Chain m_depths;
    std::vector<Context> m_contexts;
    Chain m_widths; ///< one stage: which context
};

} // namespace spacewright
