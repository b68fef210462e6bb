// Comparison of several spaces: all pairs, corrected for how many questions are asked.
#pragma once
#include "core/statistics/overlap.h"
#include <functional>

namespace spacewright {

/// Holm's step-down adjustment (Holm 1979), in the order of the input: p < 0.05 of the result holds for all at once.
/// Throws Error for a p that is not between 0 and 1.
std::vector<double> holm(const std::vector<double>& p);

struct PairComparison {
    std::size_t a = 0, b = 0; ///< which populations, a < b
    Comparison comparison;
    double adjustedP = 1; ///< Mann-Whitney's p after Holm
};

/// All pairs in order. Throws Error for fewer than two populations, and as compare() does.
std::vector<PairComparison> compareAll(const std::vector<std::vector<double>>& populations, std::uint64_t seed = 1);

/// The same of `n` populations that may share models: the function tells what two of them have.
std::vector<PairComparison> compareAll(std::size_t n, const std::function<Overlap(std::size_t a, std::size_t b)>&,
                                       std::uint64_t seed = 1);

/// The verdict of comparison.h with the adjusted p in the place of the single one.
std::string verdict(const PairComparison&, const std::vector<std::string>& names);

} // namespace spacewright
