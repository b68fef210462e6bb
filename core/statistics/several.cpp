// Comparison of several spaces: all pairs, with Holm's correction.
#include "core/statistics/several.h"
#include "core/error.h"
#include <algorithm>
#include <numeric>

namespace spacewright {

std::vector<double> holm(const std::vector<double>& p)
{
    if (!std::all_of(p.begin(), p.end(), [](double x) { return x >= 0 && x <= 1; }))
        throw Error("A p-value is not between 0 and 1, so it cannot be corrected.");
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto i, auto j) { return p[i] < p[j]; });
    std::vector<double> adjusted(p.size());
    double largest = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        const double factor = static_cast<double>(p.size() - rank);
        largest = std::max(largest, std::min(1.0, factor * p[order[rank]]));
        adjusted[order[rank]] = largest;
    }
    return adjusted;
}

std::vector<PairComparison> compareAll(const std::vector<std::vector<double>>& populations, std::uint64_t seed)
{
    return compareAll(
        populations.size(),
        [&](std::size_t a, std::size_t b) {
            return Overlap{populations[a], {}, populations[b]};
        },
        seed);
}

std::vector<PairComparison> compareAll(std::size_t n, const std::function<Overlap(std::size_t, std::size_t)>& overlap,
                                       std::uint64_t seed)
{
    if (n < 2)
        throw Error("A comparison needs at least two populations.");
    std::vector<PairComparison> pairs;
    std::vector<double> p;
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = a + 1; b < n; ++b) {
            pairs.push_back({a, b, compare(overlap(a, b), seed)});
            p.push_back(pairs.back().comparison.mannWhitneyP);
        }
    const std::vector<double> adjusted = holm(p);
    for (std::size_t i = 0; i < pairs.size(); ++i)
        pairs[i].adjustedP = adjusted[i];
    return pairs;
}

std::string verdict(const PairComparison& pair, const std::vector<std::string>& names)
{
    Comparison adjusted = pair.comparison;
    adjusted.mannWhitneyP = pair.adjustedP;
    return verdict(adjusted, names.at(pair.a), names.at(pair.b));
}

} // namespace spacewright
