// Ordered choices, drawn exactly.
#include "core/design/chain.h"
#include <algorithm>

namespace spacewright {

namespace {

/// The contiguous part of `keys` that may follow `key`.
std::pair<std::int32_t, std::int32_t> followers(const std::vector<double>& keys, double key, Chain::Order order)
{
    const auto index = [&](auto it) { return static_cast<std::int32_t>(it - keys.begin()); };
    const std::int32_t lower = index(std::lower_bound(keys.begin(), keys.end(), key));
    const std::int32_t upper = index(std::upper_bound(keys.begin(), keys.end(), key));
    const auto end = static_cast<std::int32_t>(keys.size());
    switch (order) {
    case Chain::Order::increasing:
        return {lower, end};
    case Chain::Order::constant:
        return {lower, upper};
    case Chain::Order::decreasing:
        return {0, upper};
    case Chain::Order::none:
        break;
    }
    return {0, end};
}

} // namespace

Chain::Chain(const std::vector<Choices>& stages, Order order) : m_stages(stages.size())
{
    for (std::size_t i = stages.size(); i-- > 0;) {
        const Choices& choices = stages[i];
        Stage& stage = m_stages[i];
        const std::size_t n = choices.keys.size();
        stage.cumulative.assign(1, 0.0);
        for (std::size_t k = 0; k < n; ++k) {
            double following = 1;
            if (i + 1 < stages.size()) {
                const auto [first, last] = followers(stages[i + 1].keys, choices.keys[k], order);
                const auto& next = m_stages[i + 1].cumulative;
                following = next[last] - next[first];
                stage.first.push_back(first);
                stage.last.push_back(last);
            }
            stage.cumulative.push_back(stage.cumulative.back() + choices.weights[k] * following);
        }
        const double total = stage.cumulative.back();
        stage.guide.resize(n + 1);
        for (std::size_t b = 0; b <= n; ++b) {
            const double weight = total * static_cast<double>(b) / static_cast<double>(std::max<std::size_t>(n, 1));
            const auto it = std::upper_bound(stage.cumulative.begin() + 1, stage.cumulative.end(), weight);
            stage.guide[b] = static_cast<std::int32_t>(it - stage.cumulative.begin()) - 1;
        }
    }
    m_mass = m_stages.empty() ? 0 : m_stages[0].cumulative.back();
}

int Chain::Stage::find(double weight) const
{
    const auto n = static_cast<int>(cumulative.size()) - 1;
    int k = guide[std::min(n, static_cast<int>(weight / cumulative.back() * n))];
    while (k > 0 && cumulative[k] > weight) // the bucket's edge may be off by a rounding
        --k;
    while (k + 1 < n && cumulative[k + 1] <= weight)
        ++k;
    return k;
}

void Chain::draw(Random& random, int* chosen) const
{
    std::int32_t first = 0;
    auto last = static_cast<std::int32_t>(m_stages[0].cumulative.size()) - 1;
    for (std::size_t i = 0; i < m_stages.size(); ++i) {
        const Stage& stage = m_stages[i];
        const double low = stage.cumulative[first];
        const double high = stage.cumulative[last];
        chosen[i] = std::clamp(stage.find(low + random.uniform() * (high - low)), first, last - 1);
        if (i + 1 < m_stages.size()) {
            first = stage.first[chosen[i]];
            last = stage.last[chosen[i]];
        }
    }
}

} // namespace spacewright
