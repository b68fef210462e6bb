// Draws RegNet parameters.
#include "core/design/regnet_proposer.h"
#include "core/error.h"
#include "core/network/compatibility.h"
#include "core/network/regnet.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

std::string valuesText(const Table& table)
{
    const auto& v = table.values();
    char text[96];
    if (v.size() == 1)
        std::snprintf(text, sizeof text, "is always %g", v[0]);
    else
        std::snprintf(text, sizeof text, "takes values from %g to %g", v.front(), v.back());
    return text;
}

/// The parameter's table given every range that the space puts on it.
Table conditioned(const Space& space, const Distribution& distribution, const char* parameter)
{
    Table table(distribution);
    for (const Constraint& c : space.constraints) {
        if (c.kind != Constraint::Kind::range || c.parameter != parameter)
            continue;
        Table narrower = table.restricted(c.low, c.high);
        if (narrower.empty())
            throw Error(space.name + " is empty: \"" + describe(c) + "\" leaves no value for " + parameter +
                        ", which " + valuesText(table) + ". Widen or remove it.");
        table = std::move(narrower);
    }
    return table;
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
      m_bottleneckRatio(conditioned(space, space.bottleneckRatio, "b")), m_groupWidth(space.groupWidth)
{
    if (!m_slopeIsInitialWidth)
        return;
    m_initialWidth = m_initialWidth.agreeing(m_slope);
    if (m_initialWidth.empty())
        throw Error(space.name + " is empty: w_0 and w_a have no value in common. Widen one of them, or remove "
                                 "\"w_0=w_a\".");
}

/// The last block's level k fulfils |s - k| <= 1/2, s = log(u / w_0) / log(w_m): judged without a logarithm, and let
/// through when it is too close to an edge to tell, since the exact test follows.
bool RegNetProposer::makesStages(const RegNetParameters& p) const
{
    const double growth = (p.initialWidth + p.slope * (p.depth - 1)) / p.initialWidth;
    const double low = std::pow(p.multiplier, m_space.stages - 1.5);
    constexpr double margin = 1e-9;
    return growth > low * (1 - margin) && growth < low * p.multiplier * (1 + margin);
}

bool RegNetProposer::propose(Random& random, Sample& sample) const
{
    RegNetParameters p;
    p.depth = static_cast<int>(m_depth.draw(random));
    p.initialWidth = static_cast<int>(m_initialWidth.draw(random));
    p.slope = m_slopeIsInitialWidth ? p.initialWidth : m_slope.draw(random);
    p.multiplier = m_multiplier.draw(random);
    p.bottleneckRatio = m_bottleneckRatio.draw(random);
    p.groupWidth = static_cast<int>(m_groupWidth.draw(random));
    if (!makesStages(p))
        return false;
    const RegNetWidths generated = regNetWidths(p);
    if (static_cast<int>(generated.widths.size()) != m_space.stages || generated.levels != m_space.stages)
        return false;
    std::vector<Stage>& stages = sample.network.stages;
    stages.resize(m_space.stages);
    for (int i = 0; i < m_space.stages; ++i) {
        const Fit fit = fitted(generated.widths[i], p.bottleneckRatio, p.groupWidth);
        stages[i] = {.depth = generated.depths[i],
                     .width = fit.width,
                     .bottleneckRatio = p.bottleneckRatio,
                     .groupWidth = fit.groupWidth,
                     .stride = m_space.stride};
    }
    sample.regNet = p;
    sample.drawnGroupWidths.assign(m_space.stages, p.groupWidth);
    return true;
}

} // namespace spacewright
