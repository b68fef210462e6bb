// Draws an index with given weights in constant time.
#include "core/design/alias_table.h"
#include <algorithm>
#include <limits>
#include <numeric>

namespace spacewright {

namespace {

std::uint64_t share(double probability)
{
    return probability >= 1 ? std::numeric_limits<std::uint64_t>::max()
                            : static_cast<std::uint64_t>(probability * 0x1.0p64);
}

} // namespace

AliasTable::AliasTable(const std::vector<double>& weights) : m_cells(weights.size())
{
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (!(total > 0))
        return;
    std::vector<double> scaled(weights.size());
    std::vector<int> small, large;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        scaled[i] = weights[i] / total * static_cast<double>(weights.size());
        (scaled[i] < 1 ? small : large).push_back(static_cast<int>(i));
    }
    const auto heaviest = static_cast<int>(std::max_element(weights.begin(), weights.end()) - weights.begin());
    while (!small.empty()) {
        const int i = small.back();
        small.pop_back();
        // Rounding may use up the large ones first; what is missing then is about 1e-16.
        const int donor = large.empty() ? heaviest : large.back();
        m_cells[i] = {share(scaled[i]), {donor, i}};
        scaled[donor] -= 1 - scaled[i];
        if (!large.empty() && scaled[donor] < 1) {
            large.pop_back();
            small.push_back(donor);
        }
    }
    for (const int i : large)
        m_cells[i] = {share(1), {i, i}};
}

} // namespace spacewright
