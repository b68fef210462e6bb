// Draws AnyNet stages directly.
#include "core/design/anynet_proposer.h"
#include "core/network/compatibility.h"
#include <algorithm>
#include <limits>

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

struct Range {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool contains(double v) const { return v >= low && v <= high; }
};

/// What all ranges leave of "d1", "w4", ... and, where `everyStage`, of "w", "b" and "g".
Range rangeOf(const Space& space, const std::string& parameter, const std::string& everyStage = "")
{
    Range result;
    for (const Constraint& c : space.constraints)
        if (c.kind == Kind::range && (c.parameter == parameter || c.parameter == everyStage))
            result = {std::max(result.low, c.low), std::min(result.high, c.high)};
    return result;
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

} // namespace

bool AnyNetProposer::settles(const Constraint& c)
{
    if (c.kind != Kind::range)
        return true;
    const std::string& p = c.parameter;
    return std::string("dwbg").find(p[0]) != std::string::npos &&
           (p.size() == 1 || std::isdigit(static_cast<unsigned char>(p[1])));
}

AnyNetProposer::AnyNetProposer(const Space& space)
    : m_space(space), m_limits(complexityLimits(space)), m_depths({}, {}), m_contexts({}, {})
{
    const Range total = rangeOf(space, "d");
    m_leastDepth = total.low;
    m_mostDepth = total.high;
    const Table depths(space.depth);
    std::vector<Chain::Choices> stages(space.stages);
    m_depthValues.resize(space.stages);
    for (int i = 0; i < space.stages; ++i) {
        const Range range = rangeOf(space, "d" + std::to_string(i + 1));
        for (std::size_t k = 0; k < depths.values().size(); ++k) {
            if (!range.contains(depths.values()[k]))
                continue;
            stages[i].keys.push_back(depths.values()[k]);
            stages[i].weights.push_back(depths.probabilities()[k]);
            m_depthValues[i].push_back(static_cast<int>(depths.values()[k]));
        }
    }
    m_depths = Chain(stages, order(space, "d"));

    Chain::Choices masses;
    for (const auto& ratios : groups(space.bottleneckRatio, shared(space, "b"))) {
        for (const auto& groupWidths : groups(space.groupWidth, shared(space, "g"))) {
            m_shapes.push_back(context(ratios, groupWidths));
            masses.keys.push_back(static_cast<double>(m_shapes.size()));
            masses.weights.push_back(m_shapes.back().widths.mass());
        }
    }
    m_contexts = Chain({masses}, Chain::Order::none);
    if (!addFormulas())
        m_limits.clear(); // then it takes a built network to know its complexity
}

AnyNetProposer::Context AnyNetProposer::context(const std::vector<double>& bottleneckRatios,
                                                const std::vector<double>& groupWidths) const
{
    const Table widths(m_space.width);
    const Table ratios(m_space.bottleneckRatio);
    const Table groupTable(m_space.groupWidth);
    Context result{std::vector<StageShapes>(m_space.stages), Chain({}, {})};
    std::vector<Chain::Choices> choices(m_space.stages);
    for (int i = 0; i < m_space.stages; ++i) {
        const std::string stage = std::to_string(i + 1);
        const Range ratioRange = rangeOf(m_space, "b" + stage, "b");
        const Range groupRange = rangeOf(m_space, "g" + stage, "g");
        const Range widthRange = rangeOf(m_space, "w" + stage, "w");
        std::vector<std::pair<Shape, double>> weighted;
        for (const double b : bottleneckRatios) {
            for (const double g : groupWidths) {
                const double p = ratios.probability(b) * groupTable.probability(g);
                for (std::size_t k = 0; k < widths.values().size() && ratioRange.contains(b); ++k) {
                    const Fit fit = fitted(static_cast<int>(widths.values()[k]), b, static_cast<int>(g));
                    if (groupRange.contains(fit.groupWidth) && widthRange.contains(fit.width))
                        weighted.push_back(
                            {{b, static_cast<int>(g), fit.width, fit.groupWidth, 0}, p * widths.probabilities()[k]});
                }
            }
        }
        std::stable_sort(weighted.begin(), weighted.end(),
                         [](const auto& x, const auto& y) { return x.first.width < y.first.width; });
        for (const auto& [shape, weight] : weighted) {
            result.stages[i].shapes.push_back(shape);
            choices[i].keys.push_back(shape.width);
            choices[i].weights.push_back(weight);
        }
    }
    result.widths = Chain(choices, order(m_space, "w"));
    return result;
}

bool AnyNetProposer::addFormulas()
{
    for (const ComplexityLimit& limit : m_limits) {
        const StageFormulas formulas(m_space.prototype, m_space.stages, m_space.stride, limit.measure);
        m_stemSqueezed = formulas.squeezed(m_space.prototype.stemWidth);
        for (Context& context : m_shapes) {
            for (int i = 0; i < m_space.stages; ++i) {
                StageShapes& stage = context.stages[i];
                stage.formulas.emplace_back();
                for (Shape& s : stage.shapes) {
                    const auto formula = formulas.of(i, {.width = s.width,
                                                         .bottleneckRatio = s.bottleneckRatio,
                                                         .groupWidth = s.groupWidth,
                                                         .stride = m_space.stride});
                    if (!formula)
                        return false;
                    s.squeezed = formulas.squeezed(s.width);
                    stage.formulas.back().push_back(*formula);
                }
            }
        }
    }
    return true;
}

/// Adds a stage to the proposal. False: no later stage can bring it back within its limits.
bool AnyNetProposer::add(Partial& partial, const StageShapes& stage, int shape, int depth) const
{
    partial.totalDepth += depth;
    if (partial.totalDepth > m_mostDepth)
        return false;
    for (std::size_t l = 0; l < m_limits.size(); ++l) {
        partial.totals[l] += stage.formulas[l][shape].of(depth, partial.inputWidth, partial.inputSqueezed);
        if (partial.totals[l] > m_limits[l].high)
            return false;
    }
    partial.inputWidth = stage.shapes[shape].width;
    partial.inputSqueezed = stage.shapes[shape].squeezed;
    return true;
}

bool AnyNetProposer::propose(Random& random, Sample& sample) const
{
    int depths[16], shapes[16]; // indices; check(Space) allows at most 16 stages
    const Context& context = m_shapes[m_contexts.draw(random, 0, 0)];
    Partial partial{.inputWidth = m_space.prototype.stemWidth, .inputSqueezed = m_stemSqueezed};
    for (int i = 0; i < m_space.stages; ++i) {
        depths[i] = m_depths.draw(random, i, i > 0 ? depths[i - 1] : 0);
        shapes[i] = context.widths.draw(random, i, i > 0 ? shapes[i - 1] : 0);
        if (!add(partial, context.stages[i], shapes[i], m_depthValues[i][depths[i]]))
            return false;
    }
    if (partial.totalDepth < m_leastDepth)
        return false;
    for (std::size_t l = 0; l < m_limits.size(); ++l)
        if (partial.totals[l] < m_limits[l].low)
            return false;
    sample.network.stages.resize(m_space.stages);
    sample.drawnGroupWidths.resize(m_space.stages);
    for (int i = 0; i < m_space.stages; ++i) {
        const Shape& shape = context.stages[i].shapes[shapes[i]];
        sample.network.stages[i] = {.depth = m_depthValues[i][depths[i]],
                                    .width = shape.width,
                                    .bottleneckRatio = shape.bottleneckRatio,
                                    .groupWidth = shape.groupWidth,
                                    .stride = m_space.stride};
        sample.drawnGroupWidths[i] = shape.drawnGroupWidth;
    }
    return true;
}

} // namespace spacewright
