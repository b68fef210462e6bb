// One pass over values, gradients and velocity.
#include "gpu/kernels/sgd.h"
#include "gpu/kernels/vector.h"

namespace spacewright::SPACEWRIGHT_SET {

namespace {

void update(const SgdStep& step)
{
    // Plain loops over local values: the compiler makes full use of vectors here.
    const float rate = step.rate, momentum = step.momentum, weightDecay = step.weightDecay;
    float* __restrict values = step.values;
    float* __restrict velocity = step.velocity;
    const float* __restrict gradients = step.gradients;
    for (std::int64_t i = 0; i < step.count; ++i) {
        const float gradient = gradients[i] + weightDecay * values[i];
        const float moved = momentum * velocity[i] + gradient;
        velocity[i] = moved;
        values[i] -= rate * (gradient + momentum * moved);
    }
}

} // namespace

extern const SgdKernels sgdKernels;
const SgdKernels sgdKernels{update};

} // namespace spacewright::SPACEWRIGHT_SET
