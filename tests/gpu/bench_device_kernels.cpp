// Single CUDA kernels: GB/s of what they read and write. Without a device each is skipped by name.
//   bench_kernels --benchmark_filter=^device
#include "gpu/kernels/cuda_devices.h"
#include "gpu/kernels/cuda_memory.h"
#include "gpu/kernels/device_kernels.h"
#include <benchmark/benchmark.h>
#include <cstdint>

using namespace spacewright;
using benchmark::Counter;

namespace {

bool hasDevice(benchmark::State& state)
{
    static const bool any = !cudaDescriptions().empty();
    if (!any)
        state.SkipWithError("no CUDA device");
    return any;
}

/// Starts the kernel so often before it waits that starting does not count. `bytes`: that one run reads and writes.
template <class Start>
void measure(benchmark::State& state, double bytes, Start start)
{
    constexpr int runs = 100;
    for (auto _ : state) {
        for (int i = 0; i < runs; ++i)
            start();
        cuda::wait();
    }
    state.counters["GB/s"] = Counter(1e-9 * runs * bytes, Counter::kIsIterationInvariantRate);
}

template <class T>
using Numbers = cuda::Array<T>;

/// A batch of 64. Arguments: size of the images, channels, whether activations are bfloat16.
struct Activations {
    static constexpr int batch = 64;
    const int area, channels;
    const bool bf16;
    const std::int64_t count = std::int64_t{batch} * area * channels;
    const double bytes = static_cast<double>(count) * (bf16 ? 2 : 4); ///< of one array
    const Launch on{nullptr, bf16};
    const std::size_t entries = static_cast<std::size_t>(cudaKernels().sumEntries(count, channels));

    explicit Activations(const benchmark::State& state)
        : area(static_cast<int>(state.range(0) * state.range(0))), channels(static_cast<int>(state.range(1))),
          bf16(state.range(2) != 0)
    {
    }
    Numbers<float> array() const { return zeros(count); } // large enough for both types
    Numbers<float> table(int rows = 1) const { return zeros(std::int64_t{rows} * channels); }
    Numbers<double> sums() const { return Numbers<double>(std::vector<double>(entries)); }

private:
    static Numbers<float> zeros(std::int64_t count)
    {
        return Numbers<float>(std::vector<float>(static_cast<std::size_t>(count)));
    }
};

void batchSums(benchmark::State& state)
{
    if (!hasDevice(state))
        return;
    const Activations a(state);
    const Numbers<float> x = a.array(), centre = a.table();
    const Numbers<double> sums = a.sums(), squares = a.sums();
    measure(state, a.bytes, [&] {
        cudaKernels().batchSums({a.count, a.channels, x.data(), centre.data(), sums.data(), squares.data()}, a.on);
    });
}

void normalise(benchmark::State& state)
{
    if (!hasDevice(state))
        return;
    const Activations a(state);
    const Numbers<float> x = a.array(), skip = a.array(), y = a.array(), scale = a.table(), offset = a.table();
    measure(state, 3 * a.bytes, [&] {
        cudaKernels().normalise({.count = a.count,
                                 .period = a.channels,
                                 .x = x.data(),
                                 .scale = scale.data(),
                                 .offset = offset.data(),
                                 .skip = skip.data(),
                                 .relu = true,
                                 .y = y.data()},
                                a.on);
    });
}

void gradientSums(benchmark::State& state)
{
    if (!hasDevice(state))
        return;
    const Activations a(state);
    const Numbers<float> dy = a.array(), x = a.array(), y = a.array(), mean = a.table();
    const Numbers<double> sums = a.sums(), products = a.sums();
    measure(state, 4 * a.bytes, [&] {
        cudaKernels().gradientSums({.count = a.count,
                                    .period = a.channels,
                                    .dy = dy.data(),
                                    .y = y.data(),
                                    .x = x.data(),
                                    .mean = mean.data(),
                                    .g = dy.data(),
                                    .sums = sums.data(),
                                    .products = products.data()},
                                   a.on);
    });
}

void gradient(benchmark::State& state)
{
    if (!hasDevice(state))
        return;
    const Activations a(state);
    const Numbers<float> g = a.array(), x = a.array(), tables = a.table(3);
    const float *first = tables.data(), *second = first + a.channels, *third = second + a.channels;
    measure(state, 3 * a.bytes, [&] {
        cudaKernels().gradient({a.count, a.channels, g.data(), x.data(), first, second, third, x.data()}, a.on);
    });
}

void scale(benchmark::State& state)
{
    if (!hasDevice(state))
        return;
    const Activations a(state);
    const Numbers<float> x = a.array(), y = a.array(), factors = a.table(Activations::batch);
    measure(state, 2 * a.bytes, [&] {
        cudaKernels().scale({Activations::batch, a.area, a.channels, x.data(), factors.data()}, y.data(), a.on);
    });
}

void factorGradient(benchmark::State& state)
{
    if (!hasDevice(state))
        return;
    const Activations a(state);
    const Numbers<float> x = a.array(), dy = a.array(), factors = a.table(Activations::batch);
    measure(state, 2 * a.bytes, [&] {
        cudaKernels().factorGradient({Activations::batch, a.area, a.channels, x.data(), nullptr}, dy.data(),
                                     factors.data(), a.on);
    });
}

/// Sizes and channels of the default study's and of ImageNet's stages.
void shapes(benchmark::internal::Benchmark* b)
{
    for (const int bf16 : {0, 1})
        for (const auto& [size, channels] : {std::pair{28, 16}, {14, 64}, {7, 256}, {56, 64}, {28, 160}})
            b->Args({size, channels, bf16});
    b->ArgNames({"size", "channels", "bf16"})->UseRealTime();
}
BENCHMARK(batchSums)->Apply(shapes)->Name("device/norm/batchSums");
BENCHMARK(normalise)->Apply(shapes)->Name("device/norm/normalise");
BENCHMARK(gradientSums)->Apply(shapes)->Name("device/norm/gradientSums");
BENCHMARK(gradient)->Apply(shapes)->Name("device/norm/gradient");
BENCHMARK(scale)->Apply(shapes)->Name("device/squeezeExcite/scale");
BENCHMARK(factorGradient)->Apply(shapes)->Name("device/squeezeExcite/factorGradient");

/// Arguments: size of the images, channels.
void gather(benchmark::State& state)
{
    if (!hasDevice(state))
        return;
    constexpr int batch = 64, images = 1024;
    const int size = static_cast<int>(state.range(0)), channels = static_cast<int>(state.range(1));
    const std::size_t numbers = static_cast<std::size_t>(size) * size * channels;
    std::vector<BatchItem> chosen(batch);
    for (int i = 0; i < batch; ++i)
        chosen[i] = {.image = i * 577 % images, .down = 1, .right = -1, .flip = i % 2};
    const Numbers<std::uint8_t> pixels(std::vector<std::uint8_t>(images * numbers));
    const Numbers<float> table{std::vector<float>(channels)}, out(batch * numbers);
    const Numbers<BatchItem> items(chosen);
    measure(state, 5.0 * batch * static_cast<double>(numbers), [&] {
        cudaKernels().gather({pixels.data(), channels, size, table.data(), table.data(), images}, items.data(), batch,
                             out.data(), {});
    });
}
BENCHMARK(gather)
    ->ArgNames({"size", "channels"})
    ->Args({28, 1})
    ->Args({32, 3})
    ->Args({224, 3})
    ->UseRealTime()
    ->Name("device/gather");

void sgd(benchmark::State& state)
{
    if (!hasDevice(state))
        return;
    const std::vector<float> zeros(static_cast<std::size_t>(state.range(0)));
    const Numbers<float> values(zeros), gradients(zeros), velocity(zeros);
    measure(state, 20.0 * static_cast<double>(zeros.size()), [&] {
        cudaKernels().sgd({state.range(0), values.data(), gradients.data(), velocity.data(), 1e-6f, 0.9f, 5e-5f}, {});
    });
}
BENCHMARK(sgd)->Arg(100'000)->Arg(5'000'000)->UseRealTime()->Name("device/sgd");

} // namespace
