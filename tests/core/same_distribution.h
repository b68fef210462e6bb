// Whether two samples of networks come from the same distribution.
#pragma once
#include "core/design/sampler.h"
#include <gtest/gtest.h>
#include <cmath>
#include <map>
#include <string>

namespace spacewright {

/// Two-sample chi-square over a parameter's values, neighbours pooled to at least 20, against its 99.9 % point
/// (Wilson-Hilferty).
inline void expectSameDistribution(const std::vector<Sample>& a, const std::vector<Sample>& b,
                                   const std::string& parameter)
{
    std::map<double, std::pair<double, double>> cells;
    for (const Sample& sample : a)
        ++cells[parameterValue(sample, parameter).value()].first;
    for (const Sample& sample : b)
        ++cells[parameterValue(sample, parameter).value()].second;
    const double ratio = std::sqrt(static_cast<double>(b.size()) / static_cast<double>(a.size()));
    double chiSquare = 0, x = 0, y = 0;
    int degrees = -1;
    for (auto cell = cells.begin(); cell != cells.end(); ++cell) {
        x += cell->second.first;
        y += cell->second.second;
        if (x + y < 20 && std::next(cell) != cells.end())
            continue;
        chiSquare += std::pow(x * ratio - y / ratio, 2) / (x + y);
        ++degrees;
        x = y = 0;
    }
    ASSERT_GT(degrees, 0) << parameter;
    const double t = 2.0 / (9.0 * degrees);
    EXPECT_LT(chiSquare, degrees * std::pow(1 - t + 3.09 * std::sqrt(t), 3)) << parameter << ", df " << degrees;
}

} // namespace spacewright
