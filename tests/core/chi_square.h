// Chi-square tests of drawn samples, shared by the tests of sampling.
#pragma once
#include "core/design/sampler.h"
#include "core/statistics/several.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace spacewright::test {

/// Probability that chi-square with so many degrees of freedom exceeds x (Abramowitz and Stegun 26.4.4 and 26.4.5).
inline double chiSquareP(double x, int degrees)
{
    double p = degrees % 2 ? std::erfc(std::sqrt(x / 2)) : 0;
    for (double k = degrees % 2 ? 0.5 : 0; k < degrees / 2.0 && x > 0; ++k)
        p += std::exp(k * std::log(x / 2) - x / 2 - std::lgamma(k + 1));
    return x > 0 ? std::min(p, 1.0) : 1;
}

/// Of each value: how often it was seen, and how often it is expected (or was seen by the other side).
using Cells = std::map<double, std::pair<double, double>>;

/// Neighbours are pooled until `enough` (the second of a pair, or the sum of both) reaches 20; the rest joins the last.
template <class Enough>
std::vector<std::pair<double, double>> pooled(const Cells& cells, Enough enough)
{
    std::vector<std::pair<double, double>> result{{0, 0}};
    for (const auto& [value, count] : cells) {
        if (enough(result.back()) >= 20)
            result.emplace_back(0, 0);
        result.back().first += count.first;
        result.back().second += count.second;
    }
    if (result.size() > 1 && enough(result.back()) < 20) {
        result[result.size() - 2].first += result.back().first;
        result[result.size() - 2].second += result.back().second;
        result.pop_back();
    }
    return result;
}

/// p of "what was seen follows what is expected"; nothing where all is in one cell.
inline std::optional<double> goodnessOfFit(const Cells& cells)
{
    const auto pools = pooled(cells, [](const auto& cell) { return cell.second; });
    double chiSquare = 0;
    for (const auto& [seen, expected] : pools)
        chiSquare += (seen - expected) * (seen - expected) / expected;
    if (pools.size() < 2)
        return std::nullopt;
    return chiSquareP(chiSquare, static_cast<int>(pools.size()) - 1);
}

/// p of "both sides were drawn from one distribution"; nothing where all is in one cell, or a side is empty.
inline std::optional<double> sameDistribution(const Cells& cells)
{
    double a = 0, b = 0, chiSquare = 0;
    for (const auto& [value, count] : cells) {
        a += count.first;
        b += count.second;
    }
    const auto pools = pooled(cells, [](const auto& cell) { return cell.first + cell.second; });
    for (const auto& [x, y] : pools)
        chiSquare += std::pow(x * std::sqrt(b / a) - y * std::sqrt(a / b), 2) / (x + y);
    if (pools.size() < 2 || a == 0 || b == 0)
        return std::nullopt;
    return chiSquareP(chiSquare, static_cast<int>(pools.size()) - 1);
}

/// The same of a parameter of two samples; every model must have it.
inline std::optional<double> sameDistribution(const std::vector<Sample>& a, const std::vector<Sample>& b,
                                              const std::string& parameter)
{
    Cells cells;
    for (const Sample& sample : a)
        ++cells[parameterValue(sample, parameter).value()].first;
    for (const Sample& sample : b)
        ++cells[parameterValue(sample, parameter).value()].second;
    return sameDistribution(cells);
}

/// A family of tests, judged together: Holm's correction, at one in a thousand.
class Family {
public:
    void add(const std::string& name, std::optional<double> p)
    {
        if (!p)
            return; // nothing that could differ
        m_names.push_back(name);
        m_p.push_back(*p);
    }
    void expectNoneDiffers() const
    {
        ASSERT_FALSE(m_p.empty());
        const std::vector<double> adjusted = holm(m_p);
        for (std::size_t i = 0; i < m_p.size(); ++i)
            EXPECT_GT(adjusted[i], 0.001) << m_names[i] << ": p = " << m_p[i] << " of " << m_p.size() << " tests";
    }
    double least() const { return *std::min_element(m_p.begin(), m_p.end()); }
    double leastAdjusted() const
    {
        const std::vector<double> adjusted = holm(m_p);
        return *std::min_element(adjusted.begin(), adjusted.end());
    }
    std::size_t size() const { return m_p.size(); }

private:
    std::vector<std::string> m_names;
    std::vector<double> m_p;
};

} // namespace spacewright::test
