// Soft cross entropy of logits and labels, and its gradient.
#pragma once
#include <cstdint>

namespace spacewright {

struct CrossEntropyKernels {
    /// Returns the mean over the batch of -sum_k t_k log softmax(logits)_k, with t = (1 - labelSmoothing) at the label
    /// plus labelSmoothing / classes everywhere; `gradient` (batch x classes, may be `logits`) gets its derivative by
    /// the logits. NaN when a logit is NaN.
    double (*forwardBackward)(int batch, int classes, const float* logits, const std::uint8_t* labels,
                              double labelSmoothing, float* gradient);
};

} // namespace spacewright
