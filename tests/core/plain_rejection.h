// Drawing by the definition: each parameter by itself, then the network, then every constraint. Slow, and beyond doubt.
// What is independent is rejected independently (depths; shapes; each of a RegNet's parameters), or it would take days.
#pragma once
#include "core/design/proposer.h"
#include "core/network/compatibility.h"
#include "core/network/regnet.h"
#include <algorithm>
#include <random>

namespace spacewright::test {

inline bool has(const Space& space, Constraint::Kind kind, const std::string& parameter)
{
    return std::any_of(space.constraints.begin(), space.constraints.end(),
                       [&](const Constraint& c) { return c.kind == kind && c.parameter == parameter; });
}

class PlainRejection {
public:
    explicit PlainRejection(const Space& space, unsigned seed) : m_space(space), m_random(seed)
    {
        if (!has(space, Constraint::Kind::equal, "w_a"))
            return;
        std::vector<double> both; // w_0 and w_a were drawn alike
        for (const double w : m_initialWidth.table.values())
            both.push_back(m_initialWidth.table.probability(w) * m_slope.table.probability(w));
        m_initialWidth.index = std::discrete_distribution<int>(both.begin(), both.end());
    }

    std::vector<Sample> samples(int n)
    {
        std::vector<Sample> result;
        while (static_cast<int>(result.size()) < n) {
            Sample s = m_isRegNet ? regNetSample() : anyNetSample();
            if (static_cast<int>(s.network.stages.size()) != m_space.stages)
                continue;
            s.complexity = complexity(s.network);
            if (fulfilsAll(s, ""))
                result.push_back(std::move(s));
        }
        return result;
    }

private:
    /// A value that all stages share was drawn alike in each of them: its weight is a power of its probability.
    struct Parameter {
        explicit Parameter(const Distribution& d, int power = 1) : table(d)
        {
            std::vector<double> weights;
            for (const double p : table.probabilities())
                weights.push_back(std::pow(p, power));
            index = std::discrete_distribution<int>(weights.begin(), weights.end());
        }
        double draw(std::mt19937_64& random) { return table.values()[index(random)]; }
        Table table;
        std::discrete_distribution<int> index;
    };

    /// Those of the parameters named; all when none is.
    bool fulfilsAll(const Sample& s, const std::string& parameters) const
    {
        return std::all_of(m_space.constraints.begin(), m_space.constraints.end(), [&](const Constraint& c) {
            const bool asked =
                parameters.empty() || (c.parameter.size() == 1 && parameters.find(c.parameter[0]) != std::string::npos);
            return !asked || fulfils(s, c);
        });
    }

    Sample anyNetSample()
    {
        Sample s{.network = m_space.prototype, .complexity = {}, .regNet = {}};
        s.network.stages.resize(m_space.stages);
        s.drawnGroupWidths.resize(m_space.stages);
        do
            for (Stage& stage : s.network.stages)
                stage.depth = static_cast<int>(m_depth.draw(m_random));
        while (!fulfilsAll(s, "d"));
        do
            drawShapes(s);
        while (!fulfilsAll(s, "wbg"));
        return s;
    }

    void drawShapes(Sample& s)
    {
        double b = 0, g = 0;
        for (int i = 0; i < m_space.stages; ++i) {
            if (i == 0 || !m_sharedRatio)
                b = m_ratio.draw(m_random);
            if (i == 0 || !m_sharedGroup)
                g = m_group.draw(m_random);
            Stage& stage = s.network.stages[i];
            const Fit fit = fitted(static_cast<int>(m_width.draw(m_random)), b, static_cast<int>(g));
            stage = {.depth = stage.depth,
                     .width = fit.width,
                     .bottleneckRatio = b,
                     .groupWidth = fit.groupWidth,
                     .stride = m_space.stride};
            s.drawnGroupWidths[i] = static_cast<int>(g);
        }
    }

    /// A RegNet's parameter, given its own ranges.
    double within(Parameter& parameter, const char* name)
    {
        while (true) {
            const double v = parameter.draw(m_random);
            if (std::none_of(m_space.constraints.begin(), m_space.constraints.end(), [&](const Constraint& c) {
                    return c.kind == Constraint::Kind::range && c.parameter == name && (v < c.low || v > c.high);
                }))
                return v;
        }
    }

    /// Without stages when the last level is not the number of stages less one.
    Sample regNetSample()
    {
        RegNetParameters p{.depth = static_cast<int>(within(m_depth, "d")),
                           .initialWidth = static_cast<int>(within(m_initialWidth, "w_0")),
                           .slope = within(m_slope, "w_a"),
                           .multiplier = within(m_multiplier, "w_m"),
                           .bottleneckRatio = within(m_ratio, "b"),
                           .groupWidth = static_cast<int>(m_group.draw(m_random))};
        if (has(m_space, Constraint::Kind::equal, "w_a"))
            p.slope = p.initialWidth;
        Sample s{.network = m_space.prototype, .complexity = {}, .regNet = p};
        s.drawnGroupWidths.assign(m_space.stages, p.groupWidth);
        const double lastLevel = std::log((p.initialWidth + p.slope * (p.depth - 1)) / p.initialWidth) /
                                 std::log(p.multiplier); // saves generating most networks
        if (std::abs(lastLevel - (m_space.stages - 1)) < 0.6 && regNetWidths(p).levels == m_space.stages)
            s.network = regNet(p, m_space.prototype);
        return s;
    }

    Space m_space;
    std::mt19937_64 m_random;
    bool m_sharedRatio = has(m_space, Constraint::Kind::shared, "b");
    bool m_sharedGroup = has(m_space, Constraint::Kind::shared, "g");
    Parameter m_depth{m_space.depth};
    Parameter m_ratio{m_space.bottleneckRatio, m_sharedRatio ? m_space.stages : 1};
    Parameter m_group{m_space.groupWidth, m_sharedGroup ? m_space.stages : 1};
    Parameter m_width{m_space.family == Space::Family::anyNet ? m_space.width : Distribution{}};
    bool m_isRegNet = m_space.family == Space::Family::regNet;
    Parameter m_initialWidth{m_isRegNet ? m_space.initialWidth : Distribution{}};
    Parameter m_slope{m_isRegNet ? m_space.slope : Distribution{}};
    Parameter m_multiplier{m_isRegNet ? m_space.multiplier : Distribution{}};
};

inline Space with(Space space, const std::vector<std::string>& constraints)
{
    for (const std::string& text : constraints)
        space = constrained(space, constraintFrom(text));
    return space;
}

/// Accepted proposals with their repeats, which `draw` would leave out.
inline std::vector<Sample> accepted(const Space& space, std::uint64_t seed, int n)
{
    const Proposer proposer(space);
    Random random(seed, 0);
    std::vector<Sample> result;
    Sample sample;
    sample.network = space.prototype;
    while (static_cast<int>(result.size()) < n)
        if (proposer.propose(random, sample))
            result.push_back(sample);
    return result;
}

} // namespace spacewright::test
