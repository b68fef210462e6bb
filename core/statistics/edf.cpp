// The error empirical distribution function of a population.
#include "core/statistics/edf.h"
#include "core/error.h"
#include "core/statistics/finite.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace spacewright {

double Edf::at(double error) const
{
    const auto below = std::lower_bound(errors.begin(), errors.end(), error) - errors.begin();
    return static_cast<double>(below) / n();
}

Edf edf(std::vector<double> errors)
{
    if (errors.empty())
        throw Error("There are no models with an error yet, so there is no error distribution. Train some first.");
    if (!allFinite(errors))
        throw Error("One of the errors is not a finite number. Leave that model out, or count it at chance level.");
    std::sort(errors.begin(), errors.end());
    const std::size_t n = errors.size();
    Edf result;
    result.min = errors.front();
    result.max = errors.back();
    result.mean = std::accumulate(errors.begin(), errors.end(), 0.0) / static_cast<double>(n);
    result.median = (errors[(n - 1) / 2] + errors[n / 2]) / 2;
    result.errors = std::move(errors);
    return result;
}

double dkwHalfWidth(int n, double confidence)
{
    return std::sqrt(std::log(2 / (1 - confidence)) / (2.0 * n));
}

} // namespace spacewright
