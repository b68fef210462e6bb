// Draws AnyNet stages directly from the conditional distribution of their space.
#pragma once
#include "core/design/chain.h"
#include "core/design/complexity_limit.h"
#include "core/design/sampler.h"

namespace spacewright {

/// Everything but complexity limits and the total depth is settled by tables: shared parameters by one table for each
/// common value, orders by chains, ranges by leaving choices out. The stages of a proposal are drawn one after the
/// other, and it is given up as soon as its total depth or complexity cannot fit any more: plain rejection, only
/// without drawing and building what would be rejected.
class AnyNetProposer {
public:
    explicit AnyNetProposer(const Space&);

    /// Whether the tables leave nothing to propose.
    bool empty() const { return !(m_depths.mass() * m_contexts.mass() > 0); }
    /// False when the total depth does not fit or the complexity is known not to fit.
    bool propose(Random&, Sample&) const;
    static bool settles(const Constraint&);

private:
    /// What is built of a width, bottleneck ratio and group width as drawn.
    struct Shape {
        double bottleneckRatio;
        int drawnGroupWidth;
        int width;
        int groupWidth;
        int squeezed; ///< Squeeze-and-Excitation of a block that this width enters
    };
    struct StageShapes {
        std::vector<Shape> shapes;                       ///< by increasing width
        std::vector<std::vector<StageFormula>> formulas; ///< per limit, per shape
    };
    /// All stages' shapes for one value of what is shared.
    struct Context {
        std::vector<StageShapes> stages;
        Chain widths;
    };
    /// A proposal while its stages are being drawn.
    struct Partial {
        int inputWidth, inputSqueezed;
        int totalDepth = 0;
        std::int64_t totals[3] = {}; ///< per limit
    };

    Context context(const std::vector<double>& bottleneckRatios, const std::vector<double>& groupWidths) const;
    /// False when the stages follow no formulas.
    bool addFormulas();
    bool add(Partial&, const StageShapes&, int shape, int depth) const;

    Space m_space;
    std::vector<ComplexityLimit> m_limits;
    int m_stemSqueezed = 0;
    double m_leastDepth, m_mostDepth;            ///< of the whole network
    std::vector<std::vector<int>> m_depthValues; ///< per stage, increasing
    Chain m_depths;
    std::vector<Context> m_shapes;
    Chain m_contexts; ///< one stage: which context
};

} // namespace spacewright
