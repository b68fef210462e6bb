// How things grow with complexity: fitted curves, and the best values over regimes (Radosavovic et al. 2020, section
// 4).
#pragma once
#include "core/statistics/bootstrap.h"

namespace spacewright {

/// Least squares of y over x. `r2` is 1 - residuals / spread of y, in the space of the fit; 1 when y does not vary.
struct LineFit {
    double offset = 0, slope = 0; ///< y = offset + slope x
    double r2 = 1;

    double at(double x) const { return offset + slope * x; }
};
struct PowerFit {
    double factor = 1, exponent = 1; ///< y = factor x^exponent
    double r2 = 1;

    double at(double x) const;
};

/// Params against flops, run time against activations. Throws Error for fewer than two points, lengths that differ,
/// numbers that are not finite, and when all x are equal.
LineFit lineFit(const std::vector<double>& x, const std::vector<double>& y);

/// A line through the logarithms. Throws Error as lineFit, and for numbers that are not positive.
PowerFit powerFit(const std::vector<double>& x, const std::vector<double>& y);

/// y = factor sqrt(x), the paper's law for activations against flops: least squares of y itself. One point is enough.
/// Throws Error for negative x or no positive one, and as lineFit.
PowerFit rootFit(const std::vector<double>& x, const std::vector<double>& y);

/// The best value of a parameter among the models of one range of complexity.
struct RegimeBest {
    double low = 0, high = 0; ///< complexities low <= c < high; the last regime holds its upper end
    double typical = 0;       ///< median complexity of the models, the middle of the range when there are none
    int models = 0;
    std::optional<BestBand> band; ///< closed form; none below 4 models
};

/// One result for each pair of neighbouring edges; models outside all of them are left out. Models of several studies
/// may be put together, one regime each. Throws Error for edges that do not increase, fewer than two, lengths that
/// differ and numbers that are not finite.
std::vector<RegimeBest> bestOverRegimes(const std::vector<double>& complexities, const std::vector<double>& values,
                                        const std::vector<double>& errors, const std::vector<double>& edges);

} // namespace spacewright
