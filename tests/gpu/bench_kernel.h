// What the kernels' benchmarks share: random numbers, and what this core reaches at best.
#pragma once
#include "core/design/random.h"
#include "gpu/kernels/kernels.h"
#include <benchmark/benchmark.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <new>
#include <vector>

namespace spacewright {

using benchmark::Counter;

template <class T>
struct AlignedAllocator {
    using value_type = T;
    T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), std::align_val_t(64))); }
    void deallocate(T* memory, std::size_t) { ::operator delete(memory, std::align_val_t(64)); }
    bool operator==(const AlignedAllocator&) const { return true; }
};

/// Numbers that begin at a cache line, as the compiled step's buffers do.
using Floats = std::vector<float, AlignedAllocator<float>>;

inline Floats random(std::int64_t count)
{
    Random generator(1, 1);
    Floats result(static_cast<std::size_t>(count));
    for (float& value : result)
        value = static_cast<float>(generator.uniform() - 0.5);
    return result;
}

/// The shortest of ten runs, in seconds.
template <class Work>
double shortest(Work work)
{
    double best = INFINITY;
    for (int i = 0; i < 10; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

/// Multiply-adds per second.
inline double peakRate()
{
    constexpr std::int64_t rounds = 1 << 20;
    static const double rate = static_cast<double>(rounds * kernels().peak.perRound) /
                               shortest([] { benchmark::DoNotOptimize(kernels().peak.run(rounds)); });
    return rate;
}

/// Bytes per second when two of three arrays of `count` floats are read and one is written.
inline double addRate(std::int64_t count)
{
    const Floats a = random(count), b = random(count);
    Floats sum(a.size());
    const double seconds = shortest([&] { kernels().activation.add(count, a.data(), b.data(), sum.data()); });
    return 12 * static_cast<double>(count) / seconds;
}

inline void countProducts(benchmark::State& state, double products)
{
    state.counters["GFLOP/s"] = Counter(2e-9 * products, Counter::kIsIterationInvariantRate);
    state.counters["share"] = Counter(products / peakRate(), Counter::kIsIterationInvariantRate);
}

/// `passes`: how many arrays of `count` floats are read or written.
inline void countBytes(benchmark::State& state, std::int64_t count, int passes)
{
    const double bytes = 4.0 * passes * static_cast<double>(count);
    state.counters["GB/s"] = Counter(1e-9 * bytes, Counter::kIsIterationInvariantRate);
    state.counters["share"] = Counter(bytes / addRate(count), Counter::kIsIterationInvariantRate);
}

} // namespace spacewright
