// How long a training takes, learned from the trainings that are done.
#pragma once
#include "core/study/study.h"
#include <array>
#include <optional>
#include <vector>

namespace spacewright {

/// What the time of a training depends on. Images and epochs are the same for all models of a study, so they are in
/// the constant of the fit.
struct TrainingWork {
    double flops = 0, parameters = 0, activations = 0;
    double blocks = 0; ///< each of a fixed number of layers
};
TrainingWork workOf(const Sample&);

struct MeasuredTraining {
    TrainingWork work;
    double seconds = 0;
};

/// ln(seconds) = c + sum of slope_i * ln(work_i), by least squares with the slopes drawn towards flops^0.25 *
/// activations^0.5 * blocks^0.25 (ridge 1, which is a prior of as much weight as one unit of spread in the logarithm):
/// it predicts better than a non-negative sum (docs/measurements.md), and from one training on.
class CostModel {
public:
    /// None for no training that took time.
    static std::optional<CostModel> fitted(const std::vector<MeasuredTraining>&);

    double seconds(const TrainingWork&) const; ///< the median
    /// Standard deviation of ln(time / predicted): what networks of one work differ by, and what the fit does not know
    /// about this work.
    double spread(const TrainingWork&) const;
    double residualSpread() const
    {
        return m_residual;
    } ///< the first part alone, by leaving one training out each time
    /// Standard deviation of the error that all predictions have in common, in the logarithm.
    double commonSpread() const;

private:
    static constexpr std::size_t features = 4;
    using Vector = std::array<double, features>;
    CostModel() = default;
    Vector centred(const TrainingWork&) const;
    double uncertainty(const Vector&) const; ///< squared, in units of the residual spread

    int m_n = 0;
    double m_constant = 0; ///< ln(seconds) in the middle
    Vector m_middle{}, m_slopes{};
    std::array<Vector, features> m_covariance{}; ///< of the slopes, in units of the residual variance
    double m_residual = 0;
};

/// Fitted to the latest results of the study (at most 200, since machines change); none before the first.
std::optional<CostModel> costModelOf(const Study&);

} // namespace spacewright
