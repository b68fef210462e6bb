// Batch normalisation in a compiled step: what one layer keeps, and its operations.
#pragma once
#include "gpu/compiled/operation.h"
#include "gpu/compiled/parameters.h"
#include "gpu/kernels/norm_finish.h"

namespace spacewright::compiled {

/// One batch-norm layer between its passes. Arrays named "repeated" have normalisationPeriod(channels) entries.
class Norm {
public:
    Norm(const Layer&, Parameters&);

    int channels() const { return m_channels.channels; }
    int period() const { return static_cast<int>(centre.size()); }

    /// Forward: from the batch's sums over `rows` values per channel to `scale` and `offset`.
    void finishStatistics(double rows);
    /// `scale` and `offset` of the running statistics.
    void useRunningStatistics();
    /// Backward: to a, b and c. `g` and `gx` are the sums of g and of g * (x - mean), repeated.
    void finishGradient(double rows, const std::vector<double>& g, const std::vector<double>& gx);

    std::vector<float> centre;            ///< repeated: the values' first row, near which the digits are kept
    std::vector<double> sums, squares;    ///< repeated
    std::vector<float> mean;              ///< repeated
    std::vector<float> scale, offset;     ///< repeated: y = scale * x + offset
    std::vector<double> gSums, gProducts; ///< repeated
    std::vector<float> a, b, c;           ///< repeated

private:
    void repeat(std::vector<float>&) const; ///< from the first `channels` entries

    NormChannels m_channels;
    float *m_gammaGradient, *m_betaGradient;
    std::vector<double> m_deviation; ///< 1 / sqrt(variance + epsilon) of the batch
};

/// y = activation?(norm(x) [+ skip or skipNorm(skip)]). With SiLU `y` is its argument: another operation follows.
struct NormWithSkip {
    Norm* norm = nullptr;
    const Buffer* x = nullptr;
    const Buffer* skip = nullptr;
    Norm* skipNorm = nullptr; ///< null: the skip is added as it is
};

Operation gatherStatistics(Norm&, const Buffer& x);
Operation finishStatistics(Norm&, int area);
Operation useRunningStatistics(Norm&);
Operation normalise(const NormWithSkip&, bool relu, const Buffer& y);
/// g = dy [+ dyOther], where y > 0 if there is a `y`; and its sums, for the norm and for the skip's. `g` may be one of
/// the gradients, and null when that would change nothing.
Operation gatherGradient(const NormWithSkip&, const Buffer& dy, const Buffer* dyOther, const Buffer* y,
                         const Buffer* g);
Operation finishGradient(const NormWithSkip&, int area);
Operation normGradient(Norm&, const Buffer& g, const Buffer& x, const Buffer& dx);

} // namespace spacewright::compiled
