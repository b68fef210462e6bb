// Global average pool and the 3x3 maximum pool of ResNet's stem, forward and backward.
#pragma once
#include <cstddef>
#include <cstdint>

namespace spacewright {

struct MaxPoolShape { ///< 3x3, stride 2, padding 1: outputs of (size - 1) / 2 + 1
    int batch = 0;
    int size = 0; ///< of the input: height = width
    int channels = 0;
};

struct PoolKernels {
    /// y (batch x channels) = mean of x (batch x area x channels) over the area.
    void (*average)(int batch, int area, int channels, const float* x, float* y);
    /// dx (batch x area x channels) = dy / area at every place.
    void (*averageBackward)(int batch, int area, int channels, const float* dy, float* dx);
    /// `winner`: per output element which of the nine places was the largest (the first of equal ones), for the
    /// backward.
    void (*maximum)(const MaxPoolShape&, const float* x, float* y, std::uint8_t* winner);
    void (*maximumBackward)(const MaxPoolShape&, const float* dy, const std::uint8_t* winner, float* dx);
};

} // namespace spacewright
