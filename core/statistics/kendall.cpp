// Kendall's tau-b by merge sort.
#include "core/statistics/kendall.h"
#include "core/error.h"
#include "core/statistics/finite.h"
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace spacewright {
namespace {

std::int64_t pairsAmong(std::int64_t n)
{
    return n * (n - 1) / 2;
}

/// Pairs of neighbours that are the same, in a row where what is the same lies together.
template <typename T>
std::int64_t tiedPairs(const std::vector<T>& sorted)
{
    std::int64_t pairs = 0, run = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 0;
        pairs += run;
    }
    return pairs;
}

/// Sorts and counts the pairs that stood in the wrong order.
std::int64_t sortCountingSwaps(std::vector<double>& y)
{
    std::int64_t swaps = 0;
    std::vector<double> merged(y.size());
    for (std::size_t width = 1; width < y.size(); width *= 2) {
        for (std::size_t begin = 0; begin < y.size(); begin += 2 * width) {
            const std::size_t middle = std::min(begin + width, y.size()), end = std::min(begin + 2 * width, y.size());
            for (std::size_t left = begin, right = middle, out = begin; out < end; ++out)
                if (right == end || (left < middle && y[left] <= y[right]))
                    merged[out] = y[left++];
                else {
                    swaps += static_cast<std::int64_t>(middle - left);
                    merged[out] = y[right++];
                }
        }
        y.swap(merged);
    }
    return swaps;
}

} // namespace

double kendallTau(const std::vector<double>& x, const std::vector<double>& y)
{
    if (x.size() != y.size() || x.size() < 2)
        throw Error("Rank agreement needs at least two models, each with a value in both regimes.");
    if (!allFinite(x) || !allFinite(y))
        throw Error("A value to be ranked is not a finite number. Leave that model out.");
    std::vector<std::pair<double, double>> pairs;
    for (std::size_t i = 0; i < x.size(); ++i)
        pairs.emplace_back(x[i], y[i]);
    std::sort(pairs.begin(), pairs.end());
    std::vector<double> xs, ys;
    for (const auto& [first, second] : pairs) {
        xs.push_back(first);
        ys.push_back(second);
    }
    const std::int64_t discordant = sortCountingSwaps(ys);
    const std::int64_t all = pairsAmong(static_cast<std::int64_t>(pairs.size()));
    const std::int64_t tiedX = tiedPairs(xs), tiedY = tiedPairs(ys), tiedBoth = tiedPairs(pairs);
    if (tiedX == all || tiedY == all)
        throw Error("All models have the same value in one of the regimes, so there is no order to agree with.");
    const double excess = static_cast<double>(all - tiedX - tiedY + tiedBoth - 2 * discordant);
    return excess / std::sqrt(static_cast<double>(all - tiedX)) / std::sqrt(static_cast<double>(all - tiedY));
}

} // namespace spacewright
