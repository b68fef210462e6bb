// Draws RegNet parameters and turns down those that do not make as many stages as the space has.
#pragma once
#include "core/design/complexity_limit.h"
#include "core/design/sampler.h"

namespace spacewright {

/// Ranges of d, w_0, w_a, w_m and b are settled by tables. A proposal is turned down at the cheapest look: first by the
/// last block's level, then by the complexity of its stages, found without a logarithm a block. Where rounding could
/// matter, the definition (regnet.h) decides; it also does where the space has networks of several numbers of stages.
class RegNetProposer {
public:
    /// Throws Error for values that make no RegNet.
    explicit RegNetProposer(const Space&);

    /// Whether a parameter has no value left; then there is nothing to propose.
    bool empty() const
    {
        return m_depth.empty() || m_initialWidth.empty() || m_slope.empty() || m_multiplier.empty() ||
               m_bottleneckRatio.empty();
    }
    /// False when the parameters do not make a number of stages that the space has, or skip a level, or when the
    /// complexity is known not to fit.
    bool propose(Random&, Sample&) const;
    static bool settles(const Constraint&);

private:
    static constexpr int mostStages = 16; // check(Space) allows no more
    struct Blocks {
        int stages;
        int widths[mostStages]; ///< as generated: multiples of 8
        int depths[mostStages];
    };
    struct Fitted {
        int width, squeezed;
    };
    enum class Answer { yes, no, unsure };

    /// Widths and depths of the stages, given the powers of w_m; `no` when they are not the space's.
    Answer blocks(const RegNetParameters&, const double* powers, Blocks&) const;
    /// The same by regnet.h; false when they are not the space's.
    bool blocksByDefinition(const RegNetParameters&, Blocks&) const;
    bool fitsLimits(const Blocks&, int pair) const;
    /// False when the stages follow no formulas, or would need too many.
    bool addFormulas();
    std::size_t entry(int pair, int width) const { return static_cast<std::size_t>(pair) * m_widths + width / 8; }

    Space m_space;
    bool m_slopeIsInitialWidth;
    Table m_depth, m_initialWidth, m_slope, m_multiplier, m_bottleneckRatio, m_groupWidth;
    /// For each multiplier w_m^(1/2), w_m^(3/2), ..., one a stage, and w_m^0, w_m^1, ...
    std::vector<double> m_powers;
    std::vector<ComplexityLimit> m_limits;
    /// What follows is indexed by `entry`: a pair of b and g, and a generated width below 8 * m_widths.
    int m_widths = 0;
    int m_stemSqueezed = 0;
    std::vector<Fitted> m_fitted;
    std::vector<std::vector<StageFormula>> m_formulas; ///< per limit and stage: [limit * stages + stage]
};

} // namespace spacewright
