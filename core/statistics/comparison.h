// Two populations against each other: is one space better than the other, and how sure is that?
#pragma once
#include "core/statistics/power.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace spacewright {

struct Comparison {
    int nA = 0, nB = 0;
    int shared = 0;                     ///< models of both (overlap.h)
    int testedA = 0, testedB = 0;       ///< models that the tests compare: all, unless some are shared
    double ks = 0, ksP = 1;             ///< Kolmogorov-Smirnov statistic and p (asymptotic; exact for small n)
    double mannWhitneyP = 1;            ///< two-sided, normal approximation with tie correction
    double effect = 0.5;                ///< P(error of A < error of B) + half of the ties
    double meanDifference = 0;          ///< mean(A) - mean(B), points of percent
    double meanLow = 0, meanHigh = 0;   ///< 95 % bootstrap interval (percentile, 10^4 resamples)
    std::optional<ModelsNeeded> needed; ///< while it is not decided, from 4 models each on
};

/// Throws Error when the population is empty or holds a number that is not finite.
void checkErrors(const std::vector<double>&);

/// Throws Error when a population is empty or holds a number that is not finite.
Comparison compare(const std::vector<double>& a, const std::vector<double>& b, std::uint64_t seed = 1);

/// Whether the interval of the mean difference excludes 0 and the Mann-Whitney test has p < 0.05, on the same side.
/// Resampling very few models gives intervals that are too narrow, and a few bad models can turn a mean against most of
/// the others; the rank test is fooled by neither.
bool decided(const Comparison&);

/// One sentence with its uncertainty: "D is better than A (mean 1.9 points lower, 95 % interval 0.8 to 3.1;
/// 24 and 24 models)", or that it is not decided yet and about how many more models would decide.
std::string verdict(const Comparison&, const std::string& nameA, const std::string& nameB);

} // namespace spacewright
