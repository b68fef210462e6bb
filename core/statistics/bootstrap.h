// The empirical bootstrap: where the best value of a parameter lies (Radosavovic et al. 2020, section 3.1, figure 2).
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace spacewright {

/// With fewer models no band is shown.
inline constexpr std::size_t leastForBand = 4;

struct BestBand {
    double low = 0, best = 0, high = 0; ///< 2.5 %, 50 % and 97.5 % quantiles of the best model's value
};

/// Draws a quarter of the models with replacement, takes the value of the one with the lowest error, `resamples` times.
/// `values` and `errors` are of equal length n >= 1. Throws Error otherwise, and for numbers that are not finite.
BestBand bootstrapBand(const std::vector<double>& values, const std::vector<double>& errors, int resamples = 10000,
                       std::uint64_t seed = 1);

/// The bands of several parameters of the same models, from one set of resamples: as fast as a single one.
std::vector<BestBand> bootstrapBands(const std::vector<std::vector<double>>& parameters,
                                     const std::vector<double>& errors, int resamples = 10000, std::uint64_t seed = 1);

/// The same in closed form: with m = round(n / 4) draws, P(best rank <= i) = 1 - (1 - i/n)^m, so the band is a weighted
/// quantile and needs no resampling. Ties in error share their weight.
BestBand exactBand(const std::vector<double>& values, const std::vector<double>& errors);

} // namespace spacewright
