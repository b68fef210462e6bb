// Group convolutions and stems. Group convolutions run beside oneDNN's, called as the compiled step calls it.
#include "bench_kernel.h"
#include "gpu/compiled/onednn_convolution.h"
#include <utility>

using namespace spacewright;

namespace {

/// Images that a compiled step takes at once: as many of a batch of 64 as fit half of a second-level cache.
int pieceOf(std::int64_t floatsPerImage)
{
    return static_cast<int>(std::clamp<std::int64_t>((512 << 10) / 4 / floatsPerImage, 1, 64));
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

} // namespace
