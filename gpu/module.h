// One network on one device: forward, backward and the optimiser's step. Two implementations stand behind it.
#pragma once
#include "core/network/state.h"
#include "core/study/recipe.h"
#include "gpu/kernels/batch.h"
#include <functional>
#include <memory>

namespace spacewright {

/// Images enter as floats, channels last: batch x size x size x channels. One thread at a time.
class Module {
public:
    struct Pass {
        double loss = 0;           ///< soft cross entropy, mean over the batch
        std::vector<float> logits; ///< batch x classes
    };

    virtual ~Module() = default;

    /// Forward with the batch's own statistics (and their running mean moved on), then backward.
    virtual Pass trainingPass(const float* images, const std::uint8_t* labels, int batch, double labelSmoothing) = 0;
    /// SGD with Nesterov momentum on every parameter, with the last pass' gradients.
    virtual void update(double rate, double momentum, double weightDecay) = 0;
    /// Logits with the running statistics: batch x classes.
    virtual std::vector<float> evaluate(const float* images, int batch) = 0;
    /// The same with images that are gathered where the module computes: here on the host.
    virtual Pass trainOn(const BatchChoice&, const std::uint8_t* labels, double labelSmoothing);
    virtual std::vector<float> evaluateOn(const BatchChoice&);

    virtual std::vector<NamedArray> state() const = 0; ///< parameters and running statistics, in order of the layers
    virtual std::vector<NamedArray> gradients() const = 0; ///< of the last pass; spent by `update`
    virtual std::vector<NamedArray> momentum() const = 0;  ///< of the optimiser, under the parameters' names
    /// Throws Error when names or shapes are not those of `momentum()`.
    virtual void loadMomentum(const std::vector<NamedArray>&) = 0;

private:
    const float* gathered(const BatchChoice&);
    std::vector<float> m_images;
};

/// Where and by what a network is computed.
struct Device {
    std::string name = "cpu"; ///< "cpu", "cuda:0"
    bool reference = false;   ///< plain LibTorch, instead of the compiled step on a CPU and the fused one on a GPU
    Precision precision = Precision::fp32;
    int parts = 1; ///< a GPU takes a batch in so many parts where its memory is short
};

/// Throws Error where the device has not the precision.
void checkPrecision(const Device&);

/// The state must be `initialState`'s names and shapes, in any order; throws Error else, and as checkPrecision.
using ModuleMaker = std::function<std::unique_ptr<Module>(const std::vector<Layer>&,
                                                          const std::vector<NamedArray>& state, const Device&)>;
std::unique_ptr<Module> makeModule(const std::vector<Layer>&, const std::vector<NamedArray>& state, const Device&);

} // namespace spacewright
