// Training until the verdict is decided.
#include "core/statistics/pursuit.h"
#include "core/statistics/overlap.h"
#include <algorithm>
#include <cmath>
#include <cstdio>

namespace spacewright {
namespace {

constexpr std::int64_t firstModels = 8; ///< before the first look
constexpr std::int64_t fewestMore = 4;

std::int64_t openIn(const Population& population)
{
    return population.counts.waiting + population.counts.running;
}

std::int64_t modelsIn(const Population& population)
{
    return population.counts.total();
}

/// The p-value below which a look decides when a share of the models is there: O'Brien and Fleming's boundary
/// (Biometrics 35, 1979) for any number of looks at any time. With Brownian motion B for the sums of n observations,
/// P(max |B(t)| > c, t <= 1) <= 4 (1 - Phi(c)), which is 5 % for c = 2.2414, and a look at t has z = B(t) / sqrt(t).
double boundary(double share)
{
    constexpr double c = 2.2414;
    return std::erfc(c / std::sqrt(2 * share));
}

std::string pText(double p)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2g", p);
    return text;
}

NextStep draw(std::int64_t models, const std::string& why)
{
    return {NextStep::Kind::draw, models, why + " Drawing up to " + std::to_string(models) + " models of each space."};
}

} // namespace

NextStep nextStep(const Population& child, const Population& parent, std::int64_t limit)
{
    const std::string &a = child.space.space.name, &b = parent.space.space.name;
    if (const auto open = openIn(child) + openIn(parent); open > 0)
        return {NextStep::Kind::wait, 0,
                "Until " + a + " and " + b + " are decided: " + std::to_string(open) +
                    " models to train before the next look."};
    const std::int64_t least = std::min(modelsIn(child), modelsIn(parent));
    if (std::min(child.counted.size(), parent.counted.size()) < leastForPower) {
        if (least >= limit)
            return {NextStep::Kind::limit, 0, a + " and " + b + " have too few models with an error to be compared."};
        return draw(std::min(limit, std::max(firstModels, least + fewestMore)), "Too few models to compare yet.");
    }
    const Comparison comparison = compare(overlap(child, parent));
    std::string words = verdict(comparison, a, b) + stoppedText(child) + stoppedText(parent);
    const double needsP = boundary(std::min(1.0, static_cast<double>(least) / static_cast<double>(limit)));
    if (decided(comparison) && comparison.mannWhitneyP < needsP)
        return {NextStep::Kind::decided, 0, words};
    if (decided(comparison))
        words += ". Looked at so early it must be surer, since there are more looks to come: p is " +
                 pText(comparison.mannWhitneyP) + " and must be below " + pText(needsP) + ".";
    if (least >= limit)
        return {NextStep::Kind::limit, 0,
                words + " The limit of " + std::to_string(limit) + " models of each space is reached."};
    const std::int64_t needed = comparison.needed ? comparison.needed->perSpace : 2 * least;
    return draw(std::min(limit, std::clamp(needed, least + fewestMore, std::max(2 * least, least + fewestMore))),
                words);
}

} // namespace spacewright
