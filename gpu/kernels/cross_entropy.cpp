// Soft cross entropy in double precision: there are few logits.
#include "gpu/kernels/cross_entropy.h"
#include <cmath>
#include <cstddef>

namespace spacewright::SPACEWRIGHT_SET {

namespace {

double forwardBackward(int batch, int classes, const float* logits, const std::uint8_t* labels, double labelSmoothing,
                       float* gradient)
{
    double loss = 0;
    const double everywhere = labelSmoothing / classes;
    for (int n = 0; n < batch; ++n) {
        const float* row = logits + static_cast<std::ptrdiff_t>(n) * classes;
        float* out = gradient + static_cast<std::ptrdiff_t>(n) * classes;
        double largest = row[0], sum = 0, mean = 0;
        for (int k = 1; k < classes; ++k)
            largest = row[k] > largest ? row[k] : largest;
        for (int k = 0; k < classes; ++k) {
            sum += std::exp(row[k] - largest);
            mean += row[k] / static_cast<double>(classes);
        }
        const double logSum = largest + std::log(sum);
        // The targets sum to 1, so the loss is logSum minus the mean logit under the targets.
        loss += logSum - (1 - labelSmoothing) * row[labels[n]] - labelSmoothing * mean;
        for (int k = 0; k < classes; ++k) {
            const double target = everywhere + (k == labels[n] ? 1 - labelSmoothing : 0);
            out[k] = static_cast<float>((std::exp(row[k] - logSum) - target) / batch);
        }
    }
    return loss / batch;
}

} // namespace

extern const CrossEntropyKernels crossEntropyKernels;
const CrossEntropyKernels crossEntropyKernels{forwardBackward};

} // namespace spacewright::SPACEWRIGHT_SET
