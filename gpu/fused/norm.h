// One batch norm of a fused module: its tables on the device, and the kernels that fill them. Includes LibTorch.
#pragma once
#include "gpu/device_session.h"
#include "gpu/torch_state.h"

namespace spacewright::fused {

/// Activations are batch x channels x size x size, channels last, float or bfloat16.
class Norm {
public:
    /// `momentum` moves the running statistics.
    Norm(const Layer&, const TorchState&, const DeviceSession&, double momentum);

    /// `scale` and `offset` of this batch; moves the running statistics on.
    void useBatch(const at::Tensor& x);
    void useRunningStatistics();
    /// Sums as `gradientSums` wrote them become the parameters' gradients and what `gradient` needs.
    void finishGradient(const at::Tensor& sums, const at::Tensor& products, std::int64_t rows);
    /// The gradient of the norm's input, which takes the place of `x`.
    void gradient(const at::Tensor& g, const at::Tensor& x) const;

    int channels() const { return m_own.channels; }
    float* scale() const { return table(0); } ///< y = scale * x + offset
    float* offset() const { return table(1); }
    float* mean() const { return table(2); } ///< of the batch
    /// Room for sums over a batch like `x`.
    at::Tensor sums(const at::Tensor& x) const;
    Launch launch(const at::Tensor& activations) const;

private:
    float* table(int index) const
    {
        return m_tables.data_ptr<float>() + static_cast<std::ptrdiff_t>(index) * channels();
    }

    const DeviceSession& m_session;
    const DeviceKernels& m_kernels;
    NormChannels m_own;
    at::Tensor m_gammaGradient, m_betaGradient; ///< places in the flat gradients
    at::Tensor m_tables;                        ///< scale, offset, mean, a, b, c
    at::Tensor m_deviation;
    double m_momentum;
};

/// The first number of activations, whatever their type; null for none.
float* pointer(const at::Tensor& activations);

} // namespace spacewright::fused
