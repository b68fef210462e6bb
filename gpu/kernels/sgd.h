// The optimiser's step over flat buffers.
#pragma once
#include <cstdint>

namespace spacewright {

/// SGD with Nesterov momentum (as PyTorch, dampening 0): g = gradient + weightDecay * value;
/// velocity = momentum * velocity + g; value -= rate * (g + momentum * velocity). The gradients stay as they are.
struct SgdStep {
    std::int64_t count = 0;
    float* values = nullptr;
    const float* gradients = nullptr;
    float* velocity = nullptr; ///< the momentum buffer
    float rate = 0;
    float momentum = 0;
    float weightDecay = 0;
};

struct SgdKernels {
    void (*update)(const SgdStep&);
};

} // namespace spacewright
