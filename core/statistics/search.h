// How far random search gets: the best of k models (Radosavovic et al. 2019, section 4.3).
#pragma once
#include "core/statistics/edf.h"
#include <cstdint>

namespace spacewright {

/// Expected lowest error, percent, of k models drawn at random from the population, with replacement (as the authors
/// do): the sum over ranks i of error_i ((1 - (i-1)/n)^k - (1 - i/n)^k). k is at least 1, else Error.
double expectedBest(const Edf&, std::int64_t k);

struct SearchPoint {
    std::int64_t models = 1;
    double error = 0; ///< expected best, percent
};

/// The expected best from 1 to n models, at most about 100 points evenly spread over log k. More than n models would
/// only meet the population's own best again.
std::vector<SearchPoint> searchCurve(const Edf&);

/// P(best of k from A < best of k from B) + half of the ties, drawn as above. k = 1 is the effect size of compare().
double probabilityOfBetterBest(const Edf& a, const Edf& b, std::int64_t k);

} // namespace spacewright
