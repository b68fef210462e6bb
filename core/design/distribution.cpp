// The quantised distributions that pycls samples from, as exact tables.
#include "core/design/distribution.h"
#include "core/error.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace spacewright {

namespace {

/// Multiples of the quantum in [low, high], without the drift of adding it up.
std::vector<double> multiples(double low, double high, double quantum)
{
    std::vector<double> values;
    // 1 / quantum is whole for 0.1 and 0.001: dividing by it keeps 24.48 the nearest double to 24.48.
    const double inverse = std::nearbyint(1 / quantum);
    const bool fraction = quantum < 1 && std::abs(inverse * quantum - 1) < 1e-9;
    const auto first = static_cast<std::int64_t>(std::ceil(low / quantum - 1e-9));
    const auto last = static_cast<std::int64_t>(std::floor(high / quantum + 1e-9));
    for (std::int64_t k = first; k <= last; ++k)
        values.push_back(fraction ? static_cast<double>(k) / inverse : static_cast<double>(k) * quantum);
    return values;
}

/// Probability mass of each value by its share of ln: values are rounded up to the quantum, and the first one gets
/// what lies above low - min(quantum, low / 2), so that a range that starts at one quantum is not all in the first.
void logUniform(double low, double high, double quantum, double mass, std::vector<double>& values,
                std::vector<double>& weights)
{
    const double bottom = low - std::min(quantum, low / 2);
    for (const double v : multiples(low, high, quantum)) {
        const double below = std::max(v - quantum, bottom);
        values.push_back(v);
        weights.push_back(mass * std::log(v / below) / std::log(high / bottom));
    }
}

std::vector<double> powersOfTwo(double low, double high)
{
    std::vector<double> values;
    for (double v = low; v <= high * (1 + 1e-12); v *= 2)
        values.push_back(v);
    return values;
}

/// Values and their masses, with pycls' four kinds (METHOD: section 2, "Sampling").
void masses(const Distribution& d, std::vector<double>& values, std::vector<double>& weights)
{
    switch (d.kind) {
    case Distribution::Kind::uniform:
        values = multiples(d.low, d.high, d.quantum);
        weights.assign(values.size(), 1.0);
        return;
    case Distribution::Kind::logUniform:
        return logUniform(d.low, d.high, d.quantum, 1, values, weights);
    case Distribution::Kind::powersOfTwo:
        values = powersOfTwo(d.low, d.high);
        weights.assign(values.size(), 1.0);
        return;
    case Distribution::Kind::powerOfTwoOrLogUniform: {
        // A power of two is drawn; from the quantum on a log-uniform multiple of the quantum takes its place.
        const std::vector<double> powers = powersOfTwo(d.low, d.high);
        const double share = 1.0 / static_cast<double>(powers.size());
        double rest = 0;
        for (const double v : powers) {
            if (v >= d.quantum) {
                rest += share;
            } else {
                values.push_back(v);
                weights.push_back(share);
            }
        }
        if (rest > 0)
            logUniform(std::max(d.low, d.quantum), d.high, std::min(d.high, d.quantum), rest, values, weights);
        return;
    }
    }
}

} // namespace

Table::Table(const Distribution& d)
{
    const bool needsPositive = d.kind != Distribution::Kind::uniform;
    if (!(d.low <= d.high) || !(d.quantum > 0) || !std::isfinite(d.low) || !std::isfinite(d.high) ||
        (needsPositive && !(d.low > 0)) || (d.high - d.low) / d.quantum > 1e6)
        throw Error("A parameter's range must run from low to high in at most a million steps of a positive quantum, "
                    "and a log-uniform or power-of-two range must be positive.");
    std::vector<double> values;
    std::vector<double> weights;
    masses(d, values, weights);
    if (values.empty())
        throw Error("A parameter's range contains no multiple of its quantum; widen it.");
    assign(std::move(values), std::move(weights));
}

void Table::assign(std::vector<double> values, std::vector<double> weights)
{
    m_values = std::move(values);
    m_probabilities = std::move(weights);
    const double sum = std::accumulate(m_probabilities.begin(), m_probabilities.end(), 0.0);
    for (double& p : m_probabilities)
        p /= sum;
    m_alias = AliasTable(m_probabilities);
}

Table Table::restricted(double low, double high) const
{
    std::vector<double> values;
    std::vector<double> weights;
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        if (m_values[i] < low || m_values[i] > high)
            continue;
        values.push_back(m_values[i]);
        weights.push_back(m_probabilities[i]);
    }
    Table table;
    table.assign(std::move(values), std::move(weights));
    return table;
}

Table Table::agreeing(const Table& other) const
{
    std::vector<double> values;
    std::vector<double> weights;
    for (const double v : m_values) {
        const double p = probability(v) * other.probability(v);
        if (p > 0) {
            values.push_back(v);
            weights.push_back(p);
        }
    }
    Table table;
    table.assign(std::move(values), std::move(weights));
    return table;
}

double Table::probability(double value) const
{
    const auto it = std::lower_bound(m_values.begin(), m_values.end(), value);
    if (it == m_values.end() || *it != value)
        return 0;
    return m_probabilities[it - m_values.begin()];
}

} // namespace spacewright
