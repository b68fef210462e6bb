// Draws RegNet parameters.
#include "core/design/regnet_proposer.h"
#include "core/error.h"
#include "core/network/compatibility.h"
#include "core/network/regnet.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

/// The parameter's table given every range that the space puts on it; may be empty.
Table conditioned(const Space& space, const Distribution& distribution, const char* parameter)
{
    Table table(distribution);
    for (const Constraint& c : space.constraints)
        if (c.kind == Constraint::Kind::range && c.parameter == parameter)
            table = table.restricted(c.low, c.high);
    return table;
}

constexpr double below = 1 - 1e-9, above = 1 + 1e-9; ///< rounding moves the edge of a level by far less

/// Of |x| < 2^31, without a function call: adding 1.5 * 2^52 leaves no bit for the fraction.
int roundedHalfToEven(double x)
{
    constexpr double shift = 6755399441055744.0;
    return static_cast<int>(x + shift - shift);
}

} // namespace

bool RegNetProposer::settles(const Constraint& c)
{
    const std::string& p = c.parameter;
    if (c.kind == Constraint::Kind::shared || c.kind == Constraint::Kind::equal)
        return true; // a RegNet has one b and one g
    return c.kind == Constraint::Kind::range && (p == "d" || p == "w_0" || p == "w_a" || p == "w_m" || p == "b");
}

RegNetProposer::RegNetProposer(const Space& space)
    : m_space(space),
      m_slopeIsInitialWidth(std::any_of(space.constraints.begin(), space.constraints.end(),
                                        [](const Constraint& c) { return c.kind == Constraint::Kind::equal; })),
      m_depth(conditioned(space, space.depth, "d")), m_initialWidth(conditioned(space, space.initialWidth, "w_0")),
      m_slope(conditioned(space, space.slope, "w_a")), m_multiplier(conditioned(space, space.multiplier, "w_m")),
      m_bottleneckRatio(conditioned(space, space.bottleneckRatio, "b")), m_groupWidth(space.groupWidth),
      m_limits(complexityLimits(space))
{
    if (m_slopeIsInitialWidth)
        m_initialWidth = m_initialWidth.agreeing(m_slope);
    if (empty())
        return;
    for (const double w : m_initialWidth.values()) // throws for what no proposal could be built of
        regNetWidths({.depth = static_cast<int>(m_depth.values().back()),
                      .initialWidth = static_cast<int>(w),
                      .slope = m_slope.values().back()});
    for (const double multiplier : m_multiplier.values())
        for (const double offset : {0.5, 0.0})
            for (int k = 0; k < space.stages; ++k)
                m_powers.push_back(std::pow(multiplier, k + offset));
    if (!addFormulas())
        m_limits.clear(); // then it takes a built network to know its complexity
}

bool RegNetProposer::addFormulas()
{
    const Stage widest{.width = 8192}; // of what check(Network) allows
    const double most = m_initialWidth.values().back() * std::pow(m_multiplier.values().back(), m_space.stages - 1);
    m_widths = static_cast<int>(std::min<double>(widest.width, most + 4)) / 8 + 1;
    const std::size_t pairs = m_bottleneckRatio.values().size() * m_groupWidth.values().size();
    constexpr std::size_t worthwhile = 400'000; // formulas that are found in some hundredths of a second
    if (m_limits.empty() || m_space.fewestStages || pairs * m_widths * m_space.stages > worthwhile)
        return false;
    std::vector<Stage> shapes;
    for (const double b : m_bottleneckRatio.values()) {
        for (const double g : m_groupWidth.values()) {
            for (int w = 0; w < m_widths; ++w) {
                const Fit fit = fitted(8 * std::max(w, 1), b, static_cast<int>(g)); // 0 is never generated
                shapes.push_back(
                    {.width = fit.width, .bottleneckRatio = b, .groupWidth = fit.groupWidth, .stride = m_space.stride});
            }
        }
    }
    for (const ComplexityLimit& limit : m_limits) {
        const StageFormulas formulas(m_space.prototype, m_space.stages, m_space.stride, limit.measure);
        m_stemSqueezed = formulas.squeezed(m_space.prototype.stemWidth);
        for (int i = 0; i < m_space.stages; ++i) {
            std::vector<StageFormula>& list = m_formulas.emplace_back();
            for (const Stage& shape : shapes) {
                const auto formula = formulas.of(i, shape);
                if (!formula)
                    return false;
                list.push_back(*formula);
            }
        }
    }
    const StageFormulas any(m_space.prototype, m_space.stages, m_space.stride, m_limits[0].measure);
    for (const Stage& shape : shapes)
        m_fitted.push_back({shape.width, any.squeezed(shape.width)});
    return true;
}

/// Stage by stage: level k begins at the first block whose u_j / w_0 is above w_m^(k - 1/2) (eqs. 2 and 3), so the ends
/// of levels need no logarithms, and the powers of w_m come from a table. Unsure close to an edge.
RegNetProposer::Answer RegNetProposer::blocks(const RegNetParameters& p, const double* powers, Blocks& result) const
{
    if (m_space.fewestStages)
        return Answer::unsure;
    const int stages = result.stages = m_space.stages;
    const auto linear = [&](int j) { return p.initialWidth + p.slope * j; };
    const double last = linear(p.depth - 1);
    const double lowest = stages > 1 ? p.initialWidth * powers[stages - 2] : 0;
    const double highest = p.initialWidth * powers[stages - 1];
    if ((last > highest * above) | (last < lowest * below) | (p.depth < stages))
        return Answer::no;
    const double* levels = powers + stages;
    int begin = 0;
    for (int k = 0; k < stages; ++k) {
        int end = p.depth;
        if (k + 1 < stages) {
            const double edge = p.initialWidth * powers[k];
            const double position = (edge - p.initialWidth) / p.slope;
            if (!(position < end))
                return Answer::unsure;
            end = static_cast<int>(position) + 1;
            if (linear(end - 1) > edge * below || linear(end) < edge * above)
                return Answer::unsure;
        }
        result.depths[k] = end - begin;
        result.widths[k] = 8 * roundedHalfToEven(p.initialWidth * levels[k] / 8);
        if (end <= begin || (k > 0 && result.widths[k] == result.widths[k - 1]))
            return Answer::no;
        begin = end;
    }
    return last > highest * below ? Answer::unsure : Answer::yes;
}

bool RegNetProposer::blocksByDefinition(const RegNetParameters& p, Blocks& result) const
{
    const RegNetWidths generated = regNetWidths(p);
    result.stages = static_cast<int>(generated.widths.size());
    if (result.stages < m_space.fewestStages.value_or(m_space.stages) || result.stages > m_space.stages ||
        generated.levels != result.stages)
        return false;
    std::copy(generated.widths.begin(), generated.widths.end(), result.widths);
    std::copy(generated.depths.begin(), generated.depths.end(), result.depths);
    return true;
}

bool RegNetProposer::fitsLimits(const Blocks& blocks, int pair) const
{
    const int stages = m_space.stages;
    for (std::size_t l = 0; l < m_limits.size(); ++l) {
        Fitted input{m_space.prototype.stemWidth, m_stemSqueezed};
        std::int64_t total = 0;
        for (int i = 0; i < stages; ++i) {
            if (blocks.widths[i] >= 8 * m_widths)
                return true; // as far as the tables can tell
            const std::size_t e = entry(pair, blocks.widths[i]);
            total += m_formulas[l * stages + i][e].of(blocks.depths[i], input.width, input.squeezed);
            if (total > m_limits[l].high)
                return false;
            input = m_fitted[e];
        }
        if (total < m_limits[l].low)
            return false;
    }
    return true;
}

bool RegNetProposer::propose(Random& random, Sample& sample) const
{
    RegNetParameters p;
    p.depth = static_cast<int>(m_depth.draw(random));
    p.initialWidth = static_cast<int>(m_initialWidth.draw(random));
    p.slope = m_slopeIsInitialWidth ? p.initialWidth : m_slope.draw(random);
    const int multiplier = m_multiplier.drawIndex(random);
    p.multiplier = m_multiplier.values()[multiplier];
    Blocks generated;
    const Answer answer = blocks(p, &m_powers[2 * m_space.stages * multiplier], generated);
    if (answer == Answer::no || (answer == Answer::unsure && !blocksByDefinition(p, generated)))
        return false;
    const int ratio = m_bottleneckRatio.drawIndex(random);
    const int group = m_groupWidth.drawIndex(random);
    if (!fitsLimits(generated, ratio * static_cast<int>(m_groupWidth.values().size()) + group))
        return false;
    p.bottleneckRatio = m_bottleneckRatio.values()[ratio];
    p.groupWidth = static_cast<int>(m_groupWidth.values()[group]);
    std::vector<Stage>& stages = sample.network.stages;
    stages.resize(generated.stages);
    for (int i = 0; i < generated.stages; ++i) {
        const Fit fit = fitted(generated.widths[i], p.bottleneckRatio, p.groupWidth);
        stages[i] = {.depth = generated.depths[i],
                     .width = fit.width,
                     .bottleneckRatio = p.bottleneckRatio,
                     .groupWidth = fit.groupWidth,
                     .stride = m_space.stride};
    }
    sample.regNet = p;
    sample.drawnGroupWidths.assign(generated.stages, p.groupWidth);
    return true;
}

} // namespace spacewright
