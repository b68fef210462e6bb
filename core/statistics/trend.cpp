// How things grow with complexity: fitted curves, and the best values over regimes.
#include "core/statistics/trend.h"
#include "core/error.h"
#include "core/statistics/finite.h"
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <string>

namespace spacewright {
namespace {

void checkPoints(const std::vector<double>& x, const std::vector<double>& y, std::size_t least)
{
    if (x.size() != y.size() || x.size() < least)
        throw Error("A curve needs at least " + std::to_string(least) + " models with both numbers, but there are " +
                    std::to_string(x.size()) + " and " + std::to_string(y.size()) + ".");
    if (!allFinite(x) || !allFinite(y))
        throw Error("A number to be fitted is not finite. Leave that model out.");
}

double mean(const std::vector<double>& x)
{
    return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

double shareExplained(const std::vector<double>& x, const std::vector<double>& y,
                      const std::function<double(double)>& curve)
{
    const double middle = mean(y);
    double residuals = 0, spread = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        residuals += (y[i] - curve(x[i])) * (y[i] - curve(x[i]));
        spread += (y[i] - middle) * (y[i] - middle);
    }
    return spread > 0 ? 1 - residuals / spread : 1;
}

std::vector<double> logarithms(const std::vector<double>& x)
{
    std::vector<double> result;
    for (const double value : x) {
        if (!(value > 0))
            throw Error("A power law needs positive numbers. Leave out the models where one is zero or below.");
        result.push_back(std::log(value));
    }
    return result;
}

double median(std::vector<double> x)
{
    std::sort(x.begin(), x.end());
    return (x[(x.size() - 1) / 2] + x[x.size() / 2]) / 2;
}

} // namespace

double PowerFit::at(double x) const
{
    return factor * std::pow(x, exponent);
}

LineFit lineFit(const std::vector<double>& x, const std::vector<double>& y)
{
    checkPoints(x, y, 2);
    const double middleX = mean(x), middleY = mean(y);
    double xx = 0, xy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - middleX) * (x[i] - middleX);
        xy += (x[i] - middleX) * (y[i] - middleY);
    }
    if (std::equal(x.begin() + 1, x.end(), x.begin()) || !(xx > 0))
        throw Error("All models have the same complexity, so no curve over it can be fitted.");
    LineFit fit;
    fit.slope = xy / xx;
    fit.offset = middleY - fit.slope * middleX;
    fit.r2 = shareExplained(x, y, [&](double at) { return fit.at(at); });
    return fit;
}

PowerFit powerFit(const std::vector<double>& x, const std::vector<double>& y)
{
    checkPoints(x, y, 2);
    const LineFit line = lineFit(logarithms(x), logarithms(y));
    return {std::exp(line.offset), line.slope, line.r2};
}

PowerFit rootFit(const std::vector<double>& x, const std::vector<double>& y)
{
    checkPoints(x, y, 1);
    double xx = 0, xy = 0; // of sqrt(x)
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (x[i] < 0)
            throw Error("A negative complexity has no square root. Leave that model out.");
        xx += x[i];
        xy += std::sqrt(x[i]) * y[i];
    }
    if (!(xx > 0))
        throw Error("All models have a complexity of zero, so no curve over it can be fitted.");
    PowerFit fit{xy / xx, 0.5, 1};
    fit.r2 = shareExplained(x, y, [&](double at) { return fit.at(at); });
    return fit;
}

std::vector<RegimeBest> bestOverRegimes(const std::vector<double>& complexities, const std::vector<double>& values,
                                        const std::vector<double>& errors, const std::vector<double>& edges)
{
    if (complexities.size() != values.size() || values.size() != errors.size())
        throw Error("Each model needs a complexity, a parameter value and an error.");
    if (!allFinite(complexities) || !allFinite(values) || !allFinite(errors) || !allFinite(edges))
        throw Error("A complexity, a parameter value or an error is not a finite number. Leave that model out.");
    if (edges.size() < 2 || std::adjacent_find(edges.begin(), edges.end(), std::greater_equal<>()) != edges.end())
        throw Error("Regimes need at least two limits, each higher than the one before.");
    std::vector<RegimeBest> regimes;
    for (std::size_t k = 0; k + 1 < edges.size(); ++k) {
        RegimeBest regime{edges[k], edges[k + 1], (edges[k] + edges[k + 1]) / 2, 0, {}};
        std::vector<double> insideComplexities, insideValues, insideErrors;
        for (std::size_t i = 0; i < errors.size(); ++i) {
            const double c = complexities[i];
            if (c < regime.low || c > regime.high || (c == regime.high && k + 2 < edges.size()))
                continue;
            insideComplexities.push_back(c);
            insideValues.push_back(values[i]);
            insideErrors.push_back(errors[i]);
        }
        regime.models = static_cast<int>(insideErrors.size());
        if (regime.models > 0)
            regime.typical = median(insideComplexities);
        if (insideErrors.size() >= leastForBand)
            regime.band = exactBand(insideValues, insideErrors);
        regimes.push_back(regime);
    }
    return regimes;
}

} // namespace spacewright
