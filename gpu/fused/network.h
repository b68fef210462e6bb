// A network as fused pieces: convolutions through LibTorch, everything around them through own kernels, backward in an
// order of its own. No autograd, so nothing leaves the thread and its stream, and a pass can be recorded. Includes
// LibTorch.
#pragma once
#include "gpu/compiled/fusion.h"
#include "gpu/fused/norm.h"
#include <map>

namespace spacewright::fused {

class Network {
public:
    /// `bf16`: activations and what convolutions compute with; sums, statistics, the head and all parameters stay
    /// float. `momentum`: of the running statistics.
    Network(const std::vector<Layer>&, const TorchState&, const DeviceSession&, bool bf16, double momentum);

    /// The loss and, before it, the logits (batch x classes) go into `result`; every gradient is written.
    void train(const at::Tensor& images, const at::Tensor& labels, double labelSmoothing, const at::Tensor& result);
    /// Logits by the running statistics.
    void evaluate(const at::Tensor& images, const at::Tensor& result);

private:
    using Piece = compiled::Piece;

    /// What a convolution's output waits for on the way back: the norm behind it, and the gradient behind that.
    struct Pending {
        const Norm* norm;
        at::Tensor g;
    };
    /// What squeeze-and-excite's forward pass leaves for the backward.
    struct Excited {
        at::Tensor pooled, squeezed, active, factors;
    };

    at::Tensor forward(const at::Tensor& images, bool training);
    at::Tensor forward(const Piece&, bool training);
    at::Tensor convolve(const Layer&, const at::Tensor& x) const;
    at::Tensor normalise(const Piece&, bool training);
    at::Tensor excite(const Piece&);
    at::Tensor classify(const Piece&);

    void backward(const Piece&, const at::Tensor& logitsGradient);
    void backwardConvolution(const Piece&);
    void backwardNormalisation(const Piece&);
    void backwardMaxPool(const Piece&);
    void backwardExcite(const Piece&);
    void backwardHead(const Piece&, const at::Tensor& logitsGradient);
    at::Tensor linearBackward(const std::string& layer, const at::Tensor& x, const at::Tensor& dy) const;
    at::Tensor takeGradient(int value);

    const at::Tensor& weight(const Layer&) const;
    at::Tensor matrix(const std::string& layer) const; ///< weights as outputs x inputs
    Launch launch(const at::Tensor& activations) const;

    const std::vector<Layer>& m_layers;
    const std::vector<Piece> m_pieces;
    const TorchState& m_state;
    const DeviceSession& m_session;
    const bool m_bf16;
    at::Tensor m_halfValues;           ///< the parameters as bfloat16, made anew in each pass
    std::vector<at::Tensor> m_weights; ///< per layer: what its convolution uses
    std::map<int, Norm> m_norms;       ///< by layer
    std::vector<int> m_lastReader;     ///< per value: the last piece that reads it

    // One pass; by value or by the value that a piece makes.
    std::vector<at::Tensor> m_values;
    std::vector<std::vector<at::Tensor>> m_gradients;
    std::map<int, at::Tensor> m_arguments; ///< of SiLUs
    std::map<int, at::Tensor> m_winners;   ///< of max pools
    std::map<int, Excited> m_excited;
    std::map<int, Pending> m_pending;
};

} // namespace spacewright::fused
