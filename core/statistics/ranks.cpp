// Two populations as one row of increasing values, and the Mann-Whitney test on it.
#include "core/statistics/ranks.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

std::vector<Rank> ranks(std::vector<double> a, std::vector<double> b)
{
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    std::vector<Rank> row;
    for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
        Rank rank{j == b.size() || (i < a.size() && a[i] < b[j]) ? a[i] : b[j]};
        for (; i < a.size() && a[i] == rank.value; ++i)
            ++rank.a;
        for (; j < b.size() && b[j] == rank.value; ++j)
            ++rank.b;
        row.push_back(rank);
    }
    return row;
}

MannWhitney mannWhitney(const std::vector<Rank>& row)
{
    double nA = 0, nB = 0, u = 0, ties = 0; // u: pairs with B below A, then turned
    for (const Rank& rank : row) {
        const double a = static_cast<double>(rank.a), b = static_cast<double>(rank.b), t = a + b;
        u += a * (nB + b / 2);
        nA += a;
        nB += b;
        ties += t * t * t - t;
    }
    u = nA * nB - u;
    const double n = nA + nB;
    const double variance = nA * nB / 12 * (n + 1 - ties / (n * (n - 1)));
    const double distance = std::max(0.0, std::abs(u - nA * nB / 2) - 0.5);
    // Equal values leave a variance that is zero but for rounding.
    const double p = variance > 1e-9 * nA * nB ? std::erfc(distance / std::sqrt(2 * variance)) : 1;
    return {u / (nA * nB), p};
}

} // namespace spacewright
