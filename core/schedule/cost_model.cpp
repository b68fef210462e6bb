// How long a training takes: a log-linear fit.
#include "core/schedule/cost_model.h"
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

constexpr double ridge = 1;
const Eigen::Vector4d priorSlopes(0.25, 0, 0.5, 0.25);
// Before there are residuals: measured on studies of 12 to 175 models, 0.11 to 0.7. It counts like two trainings.
constexpr double priorSpread = 0.4;
constexpr double priorTrainings = 2;
constexpr int mostTrainings = 200;

Eigen::Vector4d logarithms(const TrainingWork& work)
{
    return Eigen::Vector4d(work.flops, work.parameters, work.activations, work.blocks).array().max(1).log();
}

/// Of residuals of the fit, what they would be if each training had been left out: e / (1 - leverage).
double leftOutSquares(const Eigen::MatrixXd& centred, const Eigen::MatrixXd& covariance, const Eigen::VectorXd& errors)
{
    double squares = 0;
    const double n = static_cast<double>(centred.rows());
    for (Eigen::Index i = 0; i < centred.rows(); ++i) {
        const double leverage = 1 / n + centred.row(i) * covariance * centred.row(i).transpose();
        squares += std::pow(errors[i] / (1 - leverage), 2);
    }
    return squares;
}

} // namespace

TrainingWork workOf(const Sample& sample)
{
    double blocks = 0;
    for (const Stage& stage : sample.network.stages)
        blocks += stage.depth;
    return {static_cast<double>(sample.complexity.flops), static_cast<double>(sample.complexity.params),
            static_cast<double>(sample.complexity.activations), blocks};
}

std::optional<CostModel> CostModel::fitted(const std::vector<MeasuredTraining>& all)
{
    std::vector<MeasuredTraining> trainings;
    std::copy_if(all.begin(), all.end(), std::back_inserter(trainings),
                 [](const MeasuredTraining& training) { return training.seconds > 0; });
    if (trainings.empty())
        return std::nullopt;
    const auto n = static_cast<Eigen::Index>(trainings.size());
    Eigen::MatrixXd work(n, features);
    Eigen::VectorXd times(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        work.row(i) = logarithms(trainings[static_cast<std::size_t>(i)].work);
        times[i] = std::log(trainings[static_cast<std::size_t>(i)].seconds);
    }
    const Eigen::RowVector4d middle = work.colwise().mean();
    work.rowwise() -= middle;
    CostModel model;
    model.m_n = static_cast<int>(n);
    model.m_constant = times.mean();
    times.array() -= model.m_constant;

    const Eigen::Matrix4d covariance =
        (work.transpose() * work + ridge * Eigen::Matrix4d::Identity()).ldlt().solve(Eigen::Matrix4d::Identity());
    const Eigen::Vector4d slopes = covariance * (work.transpose() * times + ridge * priorSlopes);
    const double squares = n > 1 ? leftOutSquares(work, covariance, times - work * slopes) : 0;
    const double residuals = n > 1 ? static_cast<double>(n) : 0;
    model.m_residual = std::sqrt((squares + priorTrainings * priorSpread * priorSpread) / (residuals + priorTrainings));
    for (Eigen::Index i = 0; i < 4; ++i) {
        const auto at = static_cast<std::size_t>(i);
        model.m_middle[at] = middle[i];
        model.m_slopes[at] = slopes[i];
        for (Eigen::Index j = 0; j < 4; ++j)
            model.m_covariance[at][static_cast<std::size_t>(j)] = covariance(i, j);
    }
    return model;
}

CostModel::Vector CostModel::centred(const TrainingWork& work) const
{
    const Eigen::Vector4d all = logarithms(work) - Eigen::Map<const Eigen::Vector4d>(m_middle.data());
    Vector result;
    std::copy(all.begin(), all.end(), result.begin());
    return result;
}

double CostModel::seconds(const TrainingWork& work) const
{
    const Vector x = centred(work);
    double logarithm = m_constant;
    for (std::size_t i = 0; i < features; ++i)
        logarithm += m_slopes[i] * x[i];
    return std::exp(logarithm);
}

double CostModel::uncertainty(const Vector& x) const
{
    double sum = 1.0 / m_n;
    for (std::size_t i = 0; i < features; ++i)
        for (std::size_t j = 0; j < features; ++j)
            sum += x[i] * m_covariance[i][j] * x[j];
    return sum;
}

double CostModel::spread(const TrainingWork& work) const
{
    return m_residual * std::sqrt(1 + uncertainty(centred(work)));
}

double CostModel::commonSpread() const
{
    return m_residual * std::sqrt(1.0 / m_n);
}

std::optional<CostModel> costModelOf(const Study& study)
{
    std::vector<MeasuredTraining> trainings;
    for (const Model& model : study.latestResults(mostTrainings))
        if (model.state == ModelState::finished) // others may have ended before their last epoch
            trainings.push_back({workOf(model.sample), model.seconds});
    return CostModel::fitted(trainings);
}

} // namespace spacewright
