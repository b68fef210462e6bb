// Evaluates the cosine.
#include "gpu/schedule.h"
#include <cmath>
#include <numbers>

namespace spacewright {

double rateAt(const Recipe& recipe, int epoch, int batch, int batches)
{
    const double now = recipe.schedule == Recipe::Schedule::perEpoch ? epoch : epoch + double(batch) / batches;
    const double warmth = now < recipe.warmupEpochs ? now / recipe.warmupEpochs : 1;
    return recipe.rate * 0.5 * (1 + std::cos(std::numbers::pi * now / recipe.epochs)) * (0.1 + 0.9 * warmth);
}

} // namespace spacewright
