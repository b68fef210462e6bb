// Training until the verdict is decided.
#include "core/statistics/pursuit.h"
#include "core/statistics/overlap.h"
#include <algorithm>

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
    const std::string words = verdict(comparison, a, b) + stoppedText(child) + stoppedText(parent);
    if (decided(comparison))
        return {NextStep::Kind::decided, 0, words};
    if (least >= limit)
        return {NextStep::Kind::limit, 0,
                words + " The limit of " + std::to_string(limit) + " models of each space is reached."};
    const std::int64_t needed = comparison.needed ? comparison.needed->perSpace : 2 * least;
    return draw(std::min(limit, std::clamp(needed, least + fewestMore, std::max(2 * least, least + fewestMore))),
                words);
}

} // namespace spacewright
