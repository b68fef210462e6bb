// Sums over an image's places, channel by channel. Only kernels include this.
#pragma once
#include "gpu/kernels/vector.h"

namespace spacewright::SPACEWRIGHT_SET {

/// sums[c] = factor * the sum over the area of value(place * channels + c), a vector or the first n lanes of one.
template <class Value>
ALWAYS_INLINE void sumOverArea(int area, int channels, float factor, Value value, float* sums)
{
    constexpr int side = 4; // running sums, to hide latency
    for (int c = 0; c < channels; c += lanes) {
        const int n = channels - c < lanes ? channels - c : lanes;
        Vector total[side]{};
        int place = 0;
        for (; place + side <= area; place += side)
            for (int k = 0; k < side; ++k)
                total[k] += value(static_cast<std::ptrdiff_t>(place + k) * channels + c, n);
        for (; place < area; ++place)
            total[0] += value(static_cast<std::ptrdiff_t>(place) * channels + c, n);
        storeFirst(sums + c, ((total[0] + total[1]) + (total[2] + total[3])) * all(factor), n);
    }
}

ALWAYS_INLINE Vector loadUpTo(const float* from, int n)
{
    return n == lanes ? load(from) : loadFirst(from, n);
}

} // namespace spacewright::SPACEWRIGHT_SET
