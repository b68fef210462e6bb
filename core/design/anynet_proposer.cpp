// Draws AnyNet stages directly.
#include "core/design/anynet_proposer.h"
#include "core/error.h"
#include "core/network/compatibility.h"
#include <algorithm>

namespace spacewright {

namespace {

using Kind = Constraint::Kind;

Chain::Order order(const Space& space, const char* parameter)
{
    // Increasing and decreasing at once is constant.
    Chain::Order result = Chain::Order::none;
    for (const Constraint& c : space.constraints) {
        if (c.parameter != parameter || c.kind == Kind::range || c.kind == Kind::shared)
            continue;
        const auto wanted = c.kind == Kind::increasing   ? Chain::Order::increasing
                            : c.kind == Kind::decreasing ? Chain::Order::decreasing
                                                         : Chain::Order::constant;
        result = result == Chain::Order::none || result == wanted ? wanted : Chain::Order::constant;
    }
    return result;
}

bool shared(const Space& space, const char* parameter)
{
    return std::any_of(space.constraints.begin(), space.constraints.end(),
                       [&](const Constraint& c) { return c.kind == Kind::shared && c.parameter == parameter; });
}

/// Whether every range allows the value in that stage (1-based).
bool allowed(const Space& space, char parameter, int stage, double value)
{
    for (const Constraint& c : space.constraints) {
        if (!AnyNetProposer::settles(c) || c.kind != Kind::range || c.parameter[0] != parameter)
            continue;
        const bool here = c.parameter.size() == 1 || c.parameter.substr(1) == std::to_string(stage);
        if (here && (value < c.low || value > c.high))
            return false;
    }
    return true;
}

/// Every value on its own when it is shared, all of them together when it is not.
std::vector<std::vector<double>> groups(const Distribution& d, bool isShared)
{
    const std::vector<double> values = Table(d).values();
    std::vector<std::vector<double>> result;
    if (!isShared)
        return {values};
    for (const double v : values)
        result.push_back({v});
    return result;
}

/// Names a constraint without which the space would not be empty.
[[noreturn]] void explainEmpty(const Space& space)
{
    for (std::size_t i = space.constraints.size(); i-- > 0;) {
        Space without = space;
        without.constraints.erase(without.constraints.begin() + static_cast<std::ptrdiff_t>(i));
        bool empty = true;
        try {
            empty = AnyNetProposer(without).mass() <= 0;
        } catch (const Error&) {
        }
        if (!empty)
            throw Error(space.name + " is empty: \"" + describe(space.constraints[i]) + "\" leaves nothing" +
                        (space.constraints.size() > 1 ? " together with the other constraints" : "") +
                        ". Widen or remove it.");
    }
    throw Error(space.name + " is empty: its constraints contradict each other. Remove one of them.");
}

} // namespace

bool AnyNetProposer::settles(const Constraint& c)
{
    if (c.kind != Kind::range)
        return true;
    const std::string& p = c.parameter;
    return p != "d" && std::string("dwbg").find(p[0]) != std::string::npos &&
           (p.size() == 1 || std::isdigit(static_cast<unsigned char>(p[1])));
}

AnyNetProposer::AnyNetProposer(const Space& space) : m_space(space), m_depths({}, {}), m_widths({}, {})
{
    const Table depths(space.depth);
    std::vector<Chain::Choices> stages(space.stages);
    m_depthValues.resize(space.stages);
    for (int i = 0; i < space.stages; ++i) {
        for (const double d : depths.values()) {
            if (!allowed(space, 'd', i + 1, d))
                continue;
            stages[i].keys.push_back(d);
            stages[i].weights.push_back(depths.probability(d));
            m_depthValues[i].push_back(static_cast<int>(d));
        }
    }
    m_depths = Chain(stages, order(space, "d"));
    Chain::Choices masses;
    for (const auto& ratios : groups(space.bottleneckRatio, shared(space, "b"))) {
        for (const auto& widths : groups(space.groupWidth, shared(space, "g"))) {
            Context c = context(ratios, widths);
            masses.keys.push_back(static_cast<double>(m_contexts.size()));
            masses.weights.push_back(c.widths.mass());
            m_contexts.push_back(std::move(c));
        }
    }
    m_widths = Chain({masses}, Chain::Order::none);
    if (!(mass() > 0))
        explainEmpty(space);
}

AnyNetProposer::Context AnyNetProposer::context(const std::vector<double>& bottleneckRatios,
                                                const std::vector<double>& groupWidths) const
{
    const Table widths(m_space.width);
    const Table ratios(m_space.bottleneckRatio);
    const Table groupTable(m_space.groupWidth);
    Context result{std::vector<std::vector<Shape>>(m_space.stages), Chain({}, {})};
    std::vector<Chain::Choices> choices(m_space.stages);
    for (int i = 0; i < m_space.stages; ++i) {
        std::vector<Shape>& shapes = result.stages[i];
        for (const double b : bottleneckRatios) {
            for (const double g : groupWidths) {
                for (const double w : widths.values()) {
                    const Fit fit = fitted(static_cast<int>(w), b, static_cast<int>(g));
                    if (!allowed(m_space, 'b', i + 1, b) || !allowed(m_space, 'g', i + 1, fit.groupWidth) ||
                        !allowed(m_space, 'w', i + 1, fit.width))
                        continue;
                    const double p = widths.probability(w) * ratios.probability(b) * groupTable.probability(g);
                    shapes.push_back({p, b, static_cast<int>(g), fit.width, fit.groupWidth});
                }
            }
        }
        std::stable_sort(shapes.begin(), shapes.end(),
                         [](const Shape& x, const Shape& y) { return x.width < y.width; });
        for (const Shape& s : shapes) {
            choices[i].keys.push_back(s.width);
            choices[i].weights.push_back(s.probability);
        }
    }
    result.widths = Chain(choices, order(m_space, "w"));
    return result;
}

void AnyNetProposer::propose(Random& random, Sample& sample) const
{
    int chosen[16]; // check(Space) allows at most 16 stages
    std::vector<Stage>& stages = sample.network.stages;
    stages.resize(m_space.stages);
    sample.drawnGroupWidths.resize(m_space.stages);
    m_depths.draw(random, chosen);
    for (int i = 0; i < m_space.stages; ++i)
        stages[i].depth = m_depthValues[i][chosen[i]];
    int which = 0;
    m_widths.draw(random, &which);
    const Context& context = m_contexts[which];
    context.widths.draw(random, chosen);
    for (int i = 0; i < m_space.stages; ++i) {
        const Shape& shape = context.stages[i][chosen[i]];
        stages[i].width = shape.width;
        stages[i].bottleneckRatio = shape.bottleneckRatio;
        stages[i].groupWidth = shape.groupWidth;
        stages[i].stride = m_space.stride;
        sample.drawnGroupWidths[i] = shape.drawnGroupWidth;
    }
}

} // namespace spacewright
