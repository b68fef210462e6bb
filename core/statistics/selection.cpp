// Some models of a population.
#include "core/statistics/selection.h"
#include "core/design/random.h"
#include "core/error.h"
#include <algorithm>
#include <numeric>

namespace spacewright {
namespace {

/// Ranks from 0 to all - 1, increasing.
std::vector<std::size_t> ranksOf(std::size_t n, std::size_t all, Choice choice, std::uint64_t seed)
{
    std::vector<std::size_t> ranks(choice == Choice::random ? all : n);
    std::iota(ranks.begin(), ranks.end(), std::size_t{0});
    if (choice == Choice::spread)
        for (std::size_t& rank : ranks)
            rank = (2 * rank + 1) * all / (2 * n); // the middle of each of n equal parts
    if (choice == Choice::random) {
        Random random(seed, 0);
        for (std::size_t i = 0; i < n; ++i)
            std::swap(ranks[i], ranks[i + random.below(all - i)]);
        ranks.resize(n);
        std::sort(ranks.begin(), ranks.end());
    }
    return ranks;
}

} // namespace

std::vector<Model> selected(const Population& population, std::int64_t n, Choice choice, std::uint64_t seed)
{
    const std::size_t count = population.counted.size();
    if (n < 1 || n > static_cast<std::int64_t>(count))
        throw Error(population.space.space.name + " has " + std::to_string(count) + " models with an error, and " +
                    std::to_string(n) + " were asked for. Ask for 1 to " + std::to_string(count) +
                    ", or train more first.");
    std::vector<const Model*> all;
    for (const Model& model : population.counted)
        all.push_back(&model);
    std::stable_sort(all.begin(), all.end(), [](const Model* a, const Model* b) { return *a->error < *b->error; });
    std::vector<Model> result;
    for (const std::size_t rank : ranksOf(static_cast<std::size_t>(n), count, choice, seed))
        result.push_back(*all[rank]);
    return result;
}

} // namespace spacewright
