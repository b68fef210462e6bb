// Error distributions with weights: complexity spread alike.
#include "core/statistics/normalised.h"
#include "core/error.h"
#include "core/statistics/finite.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numeric>
#include <string>

namespace spacewright {
namespace {

void checkColumns(const std::vector<double>& errors, const std::vector<double>& others, const std::string& other)
{
    if (errors.empty())
        throw Error("There are no models with an error yet, so there is no error distribution. Train some first.");
    if (errors.size() != others.size())
        throw Error("Each model needs one error and one " + other + ", but there are " + std::to_string(errors.size()) +
                    " and " + std::to_string(others.size()) + ".");
    if (!allFinite(errors) || !allFinite(others))
        throw Error("An error or a " + other + " is not a finite number. Leave that model out.");
}

/// The smallest error up to which half of the weight lies; halfway to the next one when that is exactly half.
double weightedMedian(const WeightedEdf& edf)
{
    constexpr double rounding = 1e-12;
    const auto half = std::lower_bound(edf.cumulative.begin(), edf.cumulative.end(), 0.5 - rounding);
    const auto i = static_cast<std::size_t>(half - edf.cumulative.begin());
    const bool isExact = *half <= 0.5 + rounding && i + 1 < edf.errors.size();
    return isExact ? (edf.errors[i] + edf.errors[i + 1]) / 2 : edf.errors[i];
}

std::string rangeText(double low, double high)
{
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%g to %g", low, high);
    return buffer;
}

void refuseEmptyBins(const std::vector<int>& models, const ComplexityBins& bins)
{
    const double width = (bins.high - bins.low) / bins.count;
    std::string empty;
    for (int bin = 0; bin < bins.count; ++bin)
        if (models[static_cast<std::size_t>(bin)] == 0)
            empty += (empty.empty() ? "" : ", ") + rangeText(bins.low + bin * width, bins.low + (bin + 1) * width);
    if (!empty.empty())
        throw Error("Complexity cannot be spread alike: no model lies in " + empty +
                    ". Take a narrower range, fewer bins, or train more models there.");
}

} // namespace

double WeightedEdf::at(double error) const
{
    const auto below = std::lower_bound(errors.begin(), errors.end(), error) - errors.begin();
    return below == 0 ? 0 : cumulative[static_cast<std::size_t>(below - 1)];
}

WeightedEdf weightedEdf(const std::vector<double>& errors, const std::vector<double>& weights)
{
    checkColumns(errors, weights, "weight");
    if (std::any_of(weights.begin(), weights.end(), [](double w) { return w < 0; }))
        throw Error("The weight of a model is negative. Weights are shares of the population.");
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (!(total > 0) || !std::isfinite(total))
        throw Error("The weights of the models sum to nothing that can be shared out. At least one must be above 0.");
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < errors.size(); ++i)
        if (weights[i] > 0)
            order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](auto i, auto j) { return errors[i] < errors[j]; });
    WeightedEdf result;
    double sum = 0;
    for (const std::size_t i : order) {
        result.errors.push_back(errors[i]);
        result.cumulative.push_back((sum += weights[i]) / total);
        result.mean += weights[i] / total * errors[i];
    }
    result.cumulative.back() = 1;
    result.min = result.errors.front();
    result.max = result.errors.back();
    result.median = weightedMedian(result);
    return result;
}

ComplexityBins commonBins(const std::vector<std::vector<double>>& complexities, int count)
{
    ComplexityBins bins{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(), count};
    for (const std::vector<double>& population : complexities) {
        checkColumns(population, population, "complexity");
        const auto [low, high] = std::minmax_element(population.begin(), population.end());
        bins.low = std::max(bins.low, *low);
        bins.high = std::min(bins.high, *high);
    }
    if (!(bins.low < bins.high))
        throw Error("Complexity cannot be spread alike: the populations have no range of complexities in common. "
                    "Compare populations drawn under the same limits.");
    return bins;
}

Normalised normalised(const std::vector<double>& errors, const std::vector<double>& complexities,
                      const ComplexityBins& bins)
{
    checkColumns(errors, complexities, "complexity");
    if (bins.count < 1 || !(bins.low < bins.high) || !allFinite({bins.low, bins.high}))
        throw Error("The range of complexities must go from a lower to a higher number, in at least one bin.");
    Normalised result;
    result.modelsPerBin.resize(static_cast<std::size_t>(bins.count));
    std::vector<double> inside;
    std::vector<std::size_t> binOf;
    for (std::size_t i = 0; i < errors.size(); ++i) {
        const double c = complexities[i];
        if (c < bins.low || c > bins.high) {
            ++result.leftOut;
            continue;
        }
        const int bin = static_cast<int>((c - bins.low) / (bins.high - bins.low) * bins.count);
        binOf.push_back(static_cast<std::size_t>(std::min(bin, bins.count - 1)));
        inside.push_back(errors[i]);
        ++result.modelsPerBin[binOf.back()];
    }
    refuseEmptyBins(result.modelsPerBin, bins);
    std::vector<double> weights;
    for (const std::size_t bin : binOf)
        weights.push_back(1.0 / result.modelsPerBin[bin] / bins.count);
    result.edf = weightedEdf(inside, weights);
    return result;
}

} // namespace spacewright
