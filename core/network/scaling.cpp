// Scaling rules.
#include "core/network/scaling.h"
#include "core/error.h"
#include "core/network/compatibility.h"
#include <algorithm>
#include <cmath>
#include <optional>

namespace spacewright {
namespace {

constexpr double farthestOff = 0.15; ///< as a share of the flops asked for: one block of a network of four, halved

int rounded(int value, double factor, int step = 1)
{
    return std::max(1, static_cast<int>(std::nearbyint(value * factor / step))) * step;
}

int roundedWidth(int width, double factor)
{
    return width == 0 ? 0 : rounded(width, factor, width % 8 == 0 ? 8 : 1);
}

void widen(Network& network, double factor)
{
    network.stemWidth = roundedWidth(network.stemWidth, factor);
    network.headWidth = roundedWidth(network.headWidth, factor);
    for (Stage& stage : network.stages) {
        const bool isOneGroup = stage.groupWidth >= stage.width / stage.bottleneckRatio;
        stage.width = roundedWidth(stage.width, factor);
        if (!hasGroups(network.block))
            continue;
        constexpr int asWideAsCanBe = 1 << 20;
        const Fit fit = fitted(stage.width, stage.bottleneckRatio, isOneGroup ? asWideAsCanBe : stage.groupWidth);
        stage.width = fit.width;
        stage.groupWidth = fit.groupWidth;
    }
}

/// Looks for the factor at which a rule reaches the flops, which grow with it.
class Search {
public:
    Search(const Network& network, ScalingRule rule, std::int64_t flops)
        : m_network(network), m_rule(rule), m_flops(flops)
    {
    }
    ScaledNetwork run();

private:
    bool isBelow(double logFactor);
    std::int64_t flopsOf(const Scale&);

    const Network& m_network;
    ScalingRule m_rule;
    std::int64_t m_flops;
    std::optional<ScaledNetwork> m_best;
};

std::int64_t Search::flopsOf(const Scale& scale)
{
    ScaledNetwork tried{scaled(m_network, scale), {}, scale};
    tried.complexity = complexity(tried.network);
    const auto distance = [&](const ScaledNetwork& n) { return std::abs(n.complexity.flops - m_flops); };
    if (!m_best || distance(tried) < distance(*m_best))
        m_best = tried;
    return tried.complexity.flops;
}

bool Search::isBelow(double logFactor)
{
    return flopsOf(scaleOf(m_rule, std::exp(logFactor))) < m_flops;
}

ScaledNetwork Search::run()
{
    constexpr double step = 0.25, farthest = 12; // of the logarithm; a factor of 160,000
    double low = 0, high = 0;
    while (!isBelow(low) && low > -farthest)
        low -= step;
    try {
        while (isBelow(high) && high < farthest)
            high += step;
    } catch (const Error&) { // too large to be built
        high -= step;
    }
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (isBelow(middle) ? low : high) = middle;
    }
    if (m_rule == ScalingRule::compound) { // where many depths round at once, the width takes up the rest
        const Scale near = scaleOf(m_rule, std::exp(low));
        for (double factor = 0.9; factor < 1.1; factor += 0.005)
            flopsOf({near.depth, near.width * factor, near.resolution});
    }
    return *m_best;
}

} // namespace

std::string toText(ScalingRule rule)
{
    switch (rule) {
    case ScalingRule::depth:
        return "depth";
    case ScalingRule::width:
        return "width";
    case ScalingRule::resolution:
        return "resolution";
    case ScalingRule::compound:
        return "compound";
    }
    throw Error("This value is no scaling rule.");
}

Scale scaleOf(ScalingRule rule, double factor)
{
    constexpr double alpha = 1.2, beta = 1.1, gamma = 1.15;
    Scale scale;
    switch (rule) {
    case ScalingRule::depth:
        scale.depth = factor;
        break;
    case ScalingRule::width:
        scale.width = std::sqrt(factor);
        break;
    case ScalingRule::resolution:
        scale.resolution = std::sqrt(factor);
        break;
    case ScalingRule::compound: {
        const double phi = std::log(factor) / std::log(alpha * beta * beta * gamma * gamma);
        scale = {std::pow(alpha, phi), std::pow(beta, phi), std::pow(gamma, phi)};
        break;
    }
    }
    return scale;
}

Network scaled(const Network& network, const Scale& scale)
{
    constexpr double largest = 1e6; // keeps what is rounded within int; far beyond what can be built
    if (!(scale.depth > 0) || !(scale.width > 0) || !(scale.resolution > 0) ||
        std::max({scale.depth, scale.width, scale.resolution}) > largest / 1024)
        throw Error("A scaling factor must be above 0 and of a sensible size.");
    Network result = network;
    for (Stage& stage : result.stages)
        stage.depth = rounded(stage.depth, scale.depth);
    result.resolution = rounded(result.resolution, scale.resolution);
    if (scale.width != 1)
        widen(result, scale.width);
    check(result);
    return result;
}

ScaledNetwork scaledTo(const Network& network, ScalingRule rule, std::int64_t flops)
{
    if (flops < 1)
        throw Error("A network has at least one flop; ask for more.");
    check(network);
    const ScaledNetwork best = Search(network, rule, flops).run();
    const double off = static_cast<double>(best.complexity.flops) / static_cast<double>(flops) - 1;
    if (std::abs(off) > farthestOff)
        throw Error("By " + toText(rule) + " alone this network comes no closer to " + std::to_string(flops) +
                    " flops than " + std::to_string(best.complexity.flops) + ". Choose another rule, or other flops.");
    return best;
}

} // namespace spacewright
