// Error distributions with weights: complexity spread alike (Radosavovic et al. 2019, section 3.3).
#pragma once
#include <vector>

namespace spacewright {

/// F(e) = the weight of the models with error < e.
struct WeightedEdf {
    std::vector<double> errors;     ///< percent, increasing
    std::vector<double> cumulative; ///< of the weight up to and with each error; the last is 1
    double min = 0, mean = 0, median = 0, max = 0;

    int n() const { return static_cast<int>(errors.size()); }
    double at(double error) const; ///< weight of the errors strictly below
};

/// Weights are divided by their sum. Throws Error for no models, lengths that differ, numbers that are not finite,
/// a negative weight, and weights that are all zero.
WeightedEdf weightedEdf(const std::vector<double>& errors, const std::vector<double>& weights);

/// Bins of equal width over params, flops or activations; the last one holds its upper end.
struct ComplexityBins {
    double low = 0, high = 1;
    int count = 10;
};

/// Bins over the range that all populations reach: from the highest of their minima to the lowest of their maxima.
/// Throws Error when there is no such range, and for a population without models.
ComplexityBins commonBins(const std::vector<std::vector<double>>& complexities, int count);

struct Normalised {
    WeightedEdf edf;               ///< of the models within the range
    std::vector<int> modelsPerBin; ///< each at least 1
    int leftOut = 0;               ///< models outside the range
};

/// Each bin weighs the same: a model has the weight 1 / (models of its bin) / bins. Two spaces are compared by giving
/// both the same bins. Throws Error naming the empty bins, which would leave weight to nobody, and for a range that is
/// none.
Normalised normalised(const std::vector<double>& errors, const std::vector<double>& complexities,
                      const ComplexityBins&);

} // namespace spacewright
