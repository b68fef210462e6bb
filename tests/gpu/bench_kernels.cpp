// Single kernels: GFLOP/s (multiply-adds counted twice) or GB/s, and `share` of what this core reaches at best: of a
// loop of multiply-adds in registers, or of adding two arrays of the same size.
//   OMP_NUM_THREADS=1 bench_kernels --benchmark_filter=group --benchmark_repetitions=5
#include "bench_kernel.h"

using namespace spacewright;

namespace {

void sgd(benchmark::State& state)
{
    const std::int64_t count = state.range(0);
    Floats values = random(count), gradients = random(count), velocity = random(count);
    for (auto _ : state)
        kernels().sgd.update({count, values.data(), gradients.data(), velocity.data(), 1e-6f, 0.9f, 5e-5f});
    countBytes(state, count, 5);
}
BENCHMARK(sgd)->Arg(100000);

template <bool Backward>
void linear(benchmark::State& state)
{
    const LinearShape s{64, static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
    const Floats x = random(s.batch * s.inputs), weight = random(s.outputs * s.inputs),
                 dy = random(s.batch * s.outputs);
    Floats y = dy, dx = x, dweight = weight, bias = random(s.outputs);
    for (auto _ : state)
        if constexpr (Backward)
            kernels().linear.backward(s, {x.data(), weight.data(), dy.data(), dx.data(), dweight.data(), bias.data()});
        else
            kernels().linear.forward(s, x.data(), weight.data(), bias.data(), y.data());
    countProducts(state, (Backward ? 2.0 : 1.0) * s.batch * s.inputs * s.outputs);
}
BENCHMARK(linear<false>)->Args({256, 10})->Args({64, 16})->Args({512, 100})->Name("linear/forward");
BENCHMARK(linear<true>)->Args({256, 10})->Args({64, 16})->Args({512, 100})->Name("linear/backward");

void silu(benchmark::State& state)
{
    const std::int64_t count = state.range(0);
    const Floats x = random(count);
    Floats y(x.size());
    for (auto _ : state)
        kernels().activation.silu(count, x.data(), y.data());
    countBytes(state, count, 2);
}
BENCHMARK(silu)->Arg(50176);

/// Arguments: area, channels.
void factorGradient(benchmark::State& state)
{
    const int area = static_cast<int>(state.range(0)), channels = static_cast<int>(state.range(1)), images = 8;
    const Floats x = random(images * area * channels), dy = x;
    Floats factors(images * channels);
    for (auto _ : state)
        kernels().squeezeExcite.factorGradient(images, area, channels, x.data(), dy.data(), factors.data());
    countBytes(state, static_cast<std::int64_t>(x.size()), 2);
}
BENCHMARK(factorGradient)->Args({196, 32})->Args({49, 128})->Name("squeezeExcite/factorGradient");

} // namespace

BENCHMARK_MAIN();
