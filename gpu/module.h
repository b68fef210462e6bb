// One network on one device: forward, backward and the optimiser's step. LibTorch stays in module.cpp.
#pragma once
#include "gpu/state.h"
#include <memory>

namespace spacewright {

/// Images enter as floats, channels last: batch x size x size x channels.
class Module {
public:
    struct Pass {
        double loss = 0;           ///< soft cross entropy, mean over the batch
        std::vector<float> logits; ///< batch x classes
    };

    /// `device`: "cpu", "cuda:0". The state must be `initialState`'s names and shapes, in any order; throws Error else.
    Module(std::vector<Layer>, const std::vector<NamedArray>& state, const std::string& device);
    ~Module();

    /// Forward with the batch's own statistics (and their running mean moved on), then backward.
    Pass trainingPass(const float* images, const std::uint8_t* labels, int batch, double labelSmoothing);
    /// SGD with Nesterov momentum on every parameter, with the last pass' gradients.
    void update(double rate, double momentum, double weightDecay);
    /// Logits with the running statistics: batch x classes.
    std::vector<float> evaluate(const float* images, int batch);

    std::vector<NamedArray> state() const; ///< parameters and running statistics, in order of the layers
    std::vector<NamedArray> gradients() const;
    std::vector<NamedArray> momentum() const; ///< of the optimiser, under the parameters' names
    /// Throws Error when names or shapes are not those of `momentum()`.
    void loadMomentum(const std::vector<NamedArray>&);

private:
    struct Impl;
    std::unique_ptr<Impl> m;
};

} // namespace spacewright
