// Independent chains of multiply-adds in registers, enough of them to hide the latency.
#include "gpu/kernels/peak.h"
#include "gpu/kernels/vector.h"

namespace spacewright::SPACEWRIGHT_SET {

namespace {

constexpr int chains = 12;

float run(std::int64_t rounds)
{
    const Vector factor = all(0.999f), summand = all(0.001f);
    Vector values[chains]; // all different, or the compiler would see that they stay the same
    for (int i = 0; i < chains; ++i)
        values[i] = all(static_cast<float>(i));
    for (std::int64_t round = 0; round < rounds; ++round)
#pragma GCC unroll 12
        for (int i = 0; i < chains; ++i)
            values[i] = values[i] * factor + summand;
    for (int i = 1; i < chains; ++i)
        values[0] += values[i];
    return sum(values[0]);
}

} // namespace

extern const PeakKernels peakKernels;
const PeakKernels peakKernels{chains * lanes, run};

} // namespace spacewright::SPACEWRIGHT_SET
