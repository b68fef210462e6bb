// Ordered choices, drawn exactly.
#include "core/design/chain.h"
#include <algorithm>

namespace spacewright {

namespace {

/// The contiguous part of `keys` that may follow `key`.
std::pair<std::int32_t, std::int32_t> following(const std::vector<double>& keys, double key, Chain::Order order)
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

Chain::Chain(const std::vector<Choices>& stages, Order order) : m_stages(stages.size()), m_order(order)
{
    for (std::size_t i = stages.size(); i-- > 0;) {
        const Choices& choices = stages[i];
        Stage& stage = m_stages[i];
        const std::size_t n = choices.keys.size();
        std::vector<double> weights(choices.weights);
        for (std::size_t k = 0; k < n && i + 1 < stages.size(); ++k) {
            const auto [first, last] = following(stages[i + 1].keys, choices.keys[k], order);
            const std::vector<double>& next = m_stages[i + 1].cumulative;
            weights[k] *= next[last] - next[first];
            stage.followers.push_back({first, last});
        }
        stage.all = AliasTable(weights);
        stage.cumulative.assign(1, 0.0);
        for (const double weight : weights)
            stage.cumulative.push_back(stage.cumulative.back() + weight);
    }
    m_mass = m_stages.empty() ? 0 : m_stages[0].cumulative.back();
}

/// Inverts the cumulative weights within the span: the last choice before which there is at most the drawn weight.
int Chain::Stage::between(Random& random, Span span) const
{
    const double low = cumulative[span.first];
    const double weight = low + random.uniform() * (cumulative[span.last] - low);
    std::int32_t k = span.first;
    for (std::int32_t left = span.last - span.first; left > 1;) {
        const std::int32_t half = left / 2;
        k += half * static_cast<std::int32_t>(cumulative[k + half] <= weight); // no branch: nobody could predict it
        left -= half;
    }
    while (k > span.first && cumulative[k] == cumulative[k + 1]) // a rounded-up weight must not choose the impossible
        --k;
    return k;
}

} // namespace spacewright
