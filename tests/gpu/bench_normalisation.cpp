// Batch norms, over a piece of a batch at once.
#include "bench_kernel.h"
#include <utility>

using namespace spacewright;

namespace {

/// A piece of a batch as the compiled step takes it: arguments rows, channels.
struct NormOperands {
    std::int64_t rows;
    int channels;
    std::int64_t count = rows * channels;
    int period = normalisationPeriod(channels);
    Floats x = random(count), y = random(count), dy = random(count), skip = random(count);
    Floats a = random(period), b = random(period), c = random(period);
    std::vector<double> sums = std::vector<double>(period), products = std::vector<double>(period);

    explicit NormOperands(const benchmark::State& state)
        : rows(state.range(0)), channels(static_cast<int>(state.range(1)))
    {
    }
};

void batchSums(benchmark::State& state)
{
    NormOperands o(state);
    for (auto _ : state)
        kernels().normalisation.batchSums(
            {o.count, o.period, o.x.data(), o.a.data(), o.sums.data(), o.products.data()});
    countBytes(state, o.count, 1);
}

void normalise(benchmark::State& state)
{
    NormOperands o(state);
    for (auto _ : state)
        kernels().normalisation.normalise({.count = o.count,
                                           .period = o.period,
                                           .x = o.x.data(),
                                           .scale = o.a.data(),
                                           .offset = o.b.data(),
                                           .skip = o.skip.data(),
                                           .relu = true,
                                           .y = o.y.data()});
    countBytes(state, o.count, 3);
}

void gradientSums(benchmark::State& state)
{
    NormOperands o(state);
    for (auto _ : state)
        kernels().normalisation.gradientSums({.count = o.count,
                                              .period = o.period,
                                              .dy = o.dy.data(),
                                              .y = o.y.data(),
                                              .x = o.x.data(),
                                              .mean = o.a.data(),
                                              .g = o.dy.data(),
                                              .sums = o.sums.data(),
                                              .products = o.products.data()});
    countBytes(state, o.count, 4);
}

void normaliseGradient(benchmark::State& state)
{
    NormOperands o(state);
    for (auto _ : state)
        kernels().normalisation.gradient(
            {o.count, o.period, o.dy.data(), o.x.data(), o.a.data(), o.b.data(), o.c.data(), o.y.data()});
    countBytes(state, o.count, 3);
}

void normShapes(benchmark::internal::Benchmark* b)
{
    for (const auto& [rows, channels] : {std::pair{3136, 16}, {3136, 8}, {1568, 24}, {784, 64}, {196, 256}})
        b->Args({rows, channels});
}
BENCHMARK(batchSums)->Apply(normShapes)->Name("norm/batchSums");
BENCHMARK(normalise)->Apply(normShapes)->Name("norm/normalise");
BENCHMARK(gradientSums)->Apply(normShapes)->Name("norm/gradientSums");
BENCHMARK(normaliseGradient)->Apply(normShapes)->Name("norm/gradient");

} // namespace
