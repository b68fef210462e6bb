// Calls the kernels of batch normalisation.
#include "gpu/fused/norm.h"

namespace spacewright::fused {

Norm::Norm(const Layer& layer, const TorchState& state, const DeviceSession& session, double momentum)
    : m_session(session),
      m_kernels(session.kernels()), m_own{layer.outWidth, pointer(state.value(layer.name + ".weight")),
                                          pointer(state.value(layer.name + ".bias")),
                                          pointer(state.value(layer.name + ".running_mean")),
                                          pointer(state.value(layer.name + ".running_var"))},
      m_gammaGradient(state.gradient(layer.name + ".weight")), m_betaGradient(state.gradient(layer.name + ".bias")),
      m_tables(at::empty({6, layer.outWidth}, state.values.options())),
      m_deviation(at::empty({layer.outWidth}, state.values.options().dtype(at::kDouble))), m_momentum(momentum)
{
}

at::Tensor Norm::sums(const at::Tensor& x) const
{
    return at::empty({m_kernels.sumEntries(x.numel(), channels())}, m_deviation.options());
}

Launch Norm::launch(const at::Tensor& activations) const
{
    return {m_session.stream(), activations.scalar_type() == at::kBFloat16};
}

void Norm::useBatch(const at::Tensor& x)
{
    const at::Tensor sums = this->sums(x), squares = this->sums(x);
    m_kernels.batchSums({.count = x.numel(),
                         .period = channels(),
                         .x = pointer(x),
                         .centre = m_own.runningMean, // near enough, after some steps
                         .sums = sums.data_ptr<double>(),
                         .squares = squares.data_ptr<double>()},
                        launch(x));
    m_kernels.finishStatistics({.norm = m_own,
                                .rows = static_cast<double>(x.numel() / channels()),
                                .momentum = m_momentum,
                                .entries = static_cast<int>(sums.numel()),
                                .sums = sums.data_ptr<double>(),
                                .squares = squares.data_ptr<double>(),
                                .centre = m_own.runningMean,
                                .mean = mean(),
                                .deviation = m_deviation.data_ptr<double>(),
                                .scale = scale(),
                                .offset = offset()},
                               launch(x));
}

void Norm::useRunningStatistics()
{
    m_kernels.useRunningStatistics({m_own, scale(), offset()}, launch(m_tables));
}

void Norm::finishGradient(const at::Tensor& sums, const at::Tensor& products, std::int64_t rows)
{
    m_kernels.finishGradient({.norm = m_own,
                              .rows = static_cast<double>(rows),
                              .entries = static_cast<int>(sums.numel()),
                              .sums = sums.data_ptr<double>(),
                              .products = products.data_ptr<double>(),
                              .mean = mean(),
                              .deviation = m_deviation.data_ptr<double>(),
                              .gammaGradient = pointer(m_gammaGradient),
                              .betaGradient = pointer(m_betaGradient),
                              .a = table(3),
                              .b = table(4),
                              .c = table(5)},
                             launch(m_tables));
}

void Norm::gradient(const at::Tensor& g, const at::Tensor& x) const
{
    m_kernels.gradient({.count = x.numel(),
                        .period = channels(),
                        .g = pointer(g),
                        .x = pointer(x),
                        .a = table(3),
                        .b = table(4),
                        .c = table(5),
                        .dx = pointer(x)},
                       launch(x));
}

float* pointer(const at::Tensor& activations)
{
    return activations.defined() ? static_cast<float*>(activations.data_ptr()) : nullptr;
}

} // namespace spacewright::fused
