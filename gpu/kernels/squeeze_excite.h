// Squeeze-and-excite's passes over the activations; what lies between them is `pool.average`, `linear` and
// `activation`.
#pragma once

namespace spacewright {

struct SqueezeExciteKernels {
    /// y = x * factors: each image's channels by its own factors (batch x channels). y may be x.
    void (*scale)(int batch, int area, int channels, const float* x, const float* factors, float* y);
    /// The factors' gradient: sum over the area of dy * x.
    void (*factorGradient)(int batch, int area, int channels, const float* x, const float* dy, float* dfactors);
    /// dx = dy * factors + dpooled / area: through the scaling and through the average pool at once. dx may be dy.
    void (*backward)(int batch, int area, int channels, const float* dy, const float* factors, const float* dpooled,
                     float* dx);
};

} // namespace spacewright
