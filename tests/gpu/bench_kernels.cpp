// Single kernels: GFLOP/s (multiply-adds counted twice) or GB/s, and `share` of what this core reaches at best: of a
// loop of multiply-adds in registers, or of adding two arrays of the same size.
//   OMP_NUM_THREADS=1 bench_kernels --benchmark_filter=group --benchmark_repetitions=5
// Convolutions run beside oneDNN's, called as the compiled step calls it.
#include "core/design/random.h"
#include "gpu/compiled/onednn_convolution.h"
#include "gpu/kernels/kernels.h"
#include <benchmark/benchmark.h>
#include <algorithm>
#include <chrono>
#include <cmath>

using namespace spacewright;
using benchmark::Counter;

namespace {

/// Images that a compiled step takes at once: as many of a batch of 64 as fit half of a second-level cache.
int pieceOf(std::int64_t floatsPerImage)
{
    return static_cast<int>(std::clamp<std::int64_t>((512 << 10) / 4 / floatsPerImage, 1, 64));
}

template <class T>
struct AlignedAllocator {
    using value_type = T;
    T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), std::align_val_t(64))); }
    void deallocate(T* memory, std::size_t) { ::operator delete(memory, std::align_val_t(64)); }
    bool operator==(const AlignedAllocator&) const { return true; }
};

/// Numbers that begin at a cache line, as the compiled step's buffers do.
using Floats = std::vector<float, AlignedAllocator<float>>;

Floats random(std::int64_t count)
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
double peakRate()
{
    constexpr std::int64_t rounds = 1 << 20;
    static const double rate = static_cast<double>(rounds * kernels().peak.perRound) /
                               shortest([] { benchmark::DoNotOptimize(kernels().peak.run(rounds)); });
    return rate;
}

/// Bytes per second when two of three arrays of `count` floats are read and one is written.
double addRate(std::int64_t count)
{
    const Floats a = random(count), b = random(count);
    Floats sum(a.size());
    const double seconds = shortest([&] { kernels().activation.add(count, a.data(), b.data(), sum.data()); });
    return 12 * static_cast<double>(count) / seconds;
}

void countProducts(benchmark::State& state, double products)
{
    state.counters["GFLOP/s"] = Counter(2e-9 * products, Counter::kIsIterationInvariantRate);
    state.counters["share"] = Counter(products / peakRate(), Counter::kIsIterationInvariantRate);
}

/// `passes`: how many arrays of `count` floats are read or written.
void countBytes(benchmark::State& state, std::int64_t count, int passes)
{
    const double bytes = 4.0 * passes * static_cast<double>(count);
    state.counters["GB/s"] = Counter(1e-9 * bytes, Counter::kIsIterationInvariantRate);
    state.counters["share"] = Counter(bytes / addRate(count), Counter::kIsIterationInvariantRate);
}

enum class Direction { forward, data, weights };

/// Arguments: size of the input, channels, group width, stride.
GroupConvolutionShape groupShape(const benchmark::State& state)
{
    const auto argument = [&](int i) { return static_cast<int>(state.range(i)); };
    const int size = argument(0), channels = argument(1), stride = argument(3), out = (size - 1) / stride + 1;
    return {pieceOf((size * size + out * out) * channels), size, channels, argument(2), stride};
}

struct GroupOperands {
    GroupConvolutionShape shape;
    int out = (shape.size - 1) / shape.stride + 1;
    Floats x = random(std::int64_t{shape.batch} * shape.size * shape.size * shape.channels);
    Floats y = random(std::int64_t{shape.batch} * out * out * shape.channels);
    Floats weight = random(std::int64_t{shape.channels} * shape.groupWidth * 9);

    double products() const { return static_cast<double>(y.size()) * shape.groupWidth * 9; }
};

template <Direction D>
void group(benchmark::State& state)
{
    GroupOperands o{groupShape(state)};
    const GroupConvolutionKernels& k = kernels().groupConvolution;
    Floats scratch(k.scratch(o.shape));
    for (auto _ : state)
        if constexpr (D == Direction::forward)
            k.forward(o.shape, o.x.data(), o.weight.data(), o.y.data(), scratch.data());
        else if constexpr (D == Direction::data)
            k.backwardData(o.shape, o.y.data(), o.weight.data(), o.x.data(), scratch.data());
        else
            k.backwardWeights(o.shape, o.x.data(), o.y.data(), o.weight.data(), scratch.data());
    countProducts(state, o.products());
}

template <Direction D>
void groupOneDnn(benchmark::State& state)
{
    GroupOperands o{groupShape(state)};
    const GroupConvolutionShape& s = o.shape;
    const Layer layer{.op = Op::conv,
                      .name = "f.b",
                      .inWidth = s.channels,
                      .outWidth = s.channels,
                      .inSize = s.size,
                      .outSize = o.out,
                      .kernel = 3,
                      .stride = s.stride,
                      .groups = s.channels / s.groupWidth};
    const compiled::Buffer x{o.x.size() / s.batch, false, o.x.data()}, y{o.y.size() / s.batch, false, o.y.data()};
    const compiled::Operation operation =
        D == Direction::forward ? compiled::oneDnnForward(layer, o.weight.data(), x, y)
        : D == Direction::data  ? compiled::oneDnnDataGradient(layer, o.weight.data(), y, x)
                                : compiled::oneDnnWeightGradient(layer, x, y, o.weight.data());
    for (auto _ : state)
        operation({0, s.batch, true});
    countProducts(state, o.products());
}

void shapes(benchmark::internal::Benchmark* b)
{
    // The default study's stages: size of the input, channels.
    constexpr std::pair<int, int> stages[] = {{28, 16}, {14, 32}, {14, 64}, {7, 64}, {7, 128}, {4, 128}, {4, 256}};
    for (int groupWidth : {1, 2, 4, 8})
        for (const auto& [size, channels] : stages)
            for (int stride : {1, 2})
                b->Args({size, channels, groupWidth, stride});
}

#define GROUP_BENCHMARK(direction)                                                                                     \
    BENCHMARK(group<Direction::direction>)->Apply(shapes)->Name("group/" #direction);                                  \
    BENCHMARK(groupOneDnn<Direction::direction>)->Apply(shapes)->Name("group/onednn/" #direction)
GROUP_BENCHMARK(forward);
GROUP_BENCHMARK(data);
GROUP_BENCHMARK(weights);

/// Arguments: input channels, stride.
template <bool Backward>
void stem(benchmark::State& state)
{
    const StemConvolutionShape shape{8, 28, static_cast<int>(state.range(0)), 16, 3, static_cast<int>(state.range(1))};
    const int out = (shape.size - 1) / shape.stride + 1, taps = 9 * shape.inputs;
    const Floats x = random(std::int64_t{shape.batch} * 28 * 28 * shape.inputs);
    Floats y = random(std::int64_t{shape.batch} * out * out * 16), weight = random(16 * taps);
    Floats scratch(kernels().stemConvolution.scratch(shape));
    for (auto _ : state)
        if constexpr (Backward)
            kernels().stemConvolution.backwardWeights(shape, x.data(), y.data(), weight.data(), scratch.data());
        else
            kernels().stemConvolution.forward(shape, x.data(), weight.data(), y.data(), scratch.data());
    countProducts(state, static_cast<double>(y.size()) * taps);
}
BENCHMARK(stem<false>)->ArgsProduct({{1, 3}, {1, 2}})->Name("stem/forward");
BENCHMARK(stem<true>)->ArgsProduct({{1, 3}, {1, 2}})->Name("stem/weights");

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
