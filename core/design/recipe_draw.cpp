// Draws learning rates and weight decays.
#include "core/design/recipe_draw.h"
#include "core/error.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

std::optional<RecipeRange> narrowed(const Space& space, std::optional<RecipeRange> range, const std::string& name)
{
    if (range && !(range->low > 0 && range->low <= range->high && std::isfinite(range->high)))
        throw Error("The range of " + name + " in " + space.name + " must be positive and run from low to high.");
    for (const Constraint& c : space.constraints) {
        if (c.parameter != name)
            continue;
        if (!range)
            throw Error("The constraint \"" + toText(c) + "\" limits a value that " + space.name +
                        " does not draw; give the space a range of " + name + " first, or set it in the recipe.");
        range = RecipeRange{std::max(range->low, c.low), std::min(range->high, c.high)};
        if (range->low > range->high)
            throw Error(space.name + " is empty: \"" + describe(c) + "\" leaves nothing of " + name +
                        ". Widen or remove it.");
    }
    return range;
}

std::optional<double> drawn(Random& random, const std::optional<RecipeRange>& range)
{
    if (!range)
        return std::nullopt;
    const double low = std::log(range->low);
    const double value = std::exp(low + random.uniform() * (std::log(range->high) - low));
    return std::clamp(value, range->low, range->high); // exp(log(x)) may miss x by a rounding
}

} // namespace

RecipeDraw::RecipeDraw(const Space& space)
    : m_rate(narrowed(space, space.rate, "rate")), m_weightDecay(narrowed(space, space.weightDecay, "weight_decay"))
{
}

int RecipeDraw::dimensions() const
{
    const auto isFree = [](const std::optional<RecipeRange>& range) { return range && range->low < range->high; };
    return isFree(m_rate) + isFree(m_weightDecay);
}

void RecipeDraw::draw(Random& random, Sample& sample) const
{
    sample.rate = drawn(random, m_rate);
    sample.weightDecay = drawn(random, m_weightDecay);
}

} // namespace spacewright
