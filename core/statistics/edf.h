// The error empirical distribution function, the paper's view of a population.
#pragma once
#include <vector>

namespace spacewright {

/// F(e) = share of models with error < e (Radosavovic et al. 2020, eq. 1).
struct Edf {
    std::vector<double> errors; ///< percent, increasing
    double min = 0, mean = 0, median = 0, max = 0;

    int n() const { return static_cast<int>(errors.size()); }
    double at(double error) const; ///< share of errors strictly below
};

/// Throws Error for no errors at all, or one that is not a finite number.
Edf edf(std::vector<double> errors);

/// Half width of the Dvoretzky-Kiefer-Wolfowitz band: sqrt(ln(2 / (1 - confidence)) / (2 n)), Massart's constant.
double dkwHalfWidth(int n, double confidence = 0.95);

} // namespace spacewright
