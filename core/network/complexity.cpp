// Reads the wiring into counts (the rules of pycls' complexity functions; METHOD: section 1).
#include "core/network/complexity.h"
#include "core/network/layer_table.h"
#include "core/network/wiring.h"

namespace spacewright {

namespace {

using wiring::Node;

/// `size` is the output's.
Complexity ofConvolution(int inWidth, int width, int kernel, std::int64_t size, int groups, bool bias)
{
    std::int64_t weights = static_cast<std::int64_t>(kernel) * kernel * inWidth * width;
    if (groups != 1) // divisions take most of the time
        weights /= groups;
    const std::int64_t outputs = width * size * size;
    return {weights * size * size + (bias ? outputs : 0), weights + (bias ? width : 0), outputs};
}

Complexity ofMaxPool(int width, std::int64_t size)
{
    return {0, 0, width * size * size};
}

Complexity ofBatchNorm(int width)
{
    return {0, 2 * static_cast<std::int64_t>(width), 0};
}

Complexity ofLinear(int inWidth, int width)
{
    const std::int64_t weights = static_cast<std::int64_t>(inWidth) * width;
    return {weights + width, weights + width, width};
}

class Counter {
public:
    Complexity total;

    Node input(int channels, int size) { return {-1, channels, size}; }
    void enter(int) {}
    /// The second and all later blocks of a stage are alike, so one of them is counted and multiplied.
    template <class Block>
    Node blocks(int depth, Node x, Block block)
    {
        x = block(x, true);
        if (depth > 1) {
            m_times = depth - 1;
            x = block(x, false);
            m_times = 1;
        }
        return x;
    }
    Node conv(const char*, Node x, int width, int kernel, int stride, int groups, bool bias)
    {
        const int size = stride == 1 ? x.size : (x.size - 1) / stride + 1;
        add(ofConvolution(x.width, width, kernel, size, groups, bias));
        return {-1, width, size};
    }
    Node pool(const char*, Op op, Node x, int, int stride)
    {
        if (op == Op::globalPool)
            return {-1, x.width, 1};
        const int size = (x.size - 1) / stride + 1;
        add(ofMaxPool(x.width, size));
        return {-1, x.width, size};
    }
    Node batchNorm(const char*, Node x)
    {
        add(ofBatchNorm(x.width));
        return x;
    }
    Node activation(const char*, Node x, Op) { return x; }
    Node add(const char*, Node x, Node) { return x; }
    Node scale(const char*, Node x, Node) { return x; }
    Node linear(const char*, Node x, int width)
    {
        add(ofLinear(x.width, width));
        return {-1, width, 1};
    }

private:
    std::int64_t m_times = 1;

    void add(const Complexity& layer)
    {
        total.flops += m_times * layer.flops;
        total.params += m_times * layer.params;
        total.activations += m_times * layer.activations;
    }
};

} // namespace

Complexity complexity(const Network& network)
{
    Counter counter;
    wiring::wire(network, counter);
    return counter.total;
}

Complexity complexity(const Layer& layer)
{
    switch (layer.op) {
    case Op::conv:
        return ofConvolution(layer.inWidth, layer.outWidth, layer.kernel, layer.outSize, layer.groups, layer.bias);
    case Op::maxPool:
        return ofMaxPool(layer.outWidth, layer.outSize);
    case Op::batchNorm:
        return ofBatchNorm(layer.outWidth);
    case Op::linear:
        return ofLinear(layer.inWidth, layer.outWidth);
    default:
        return {};
    }
}

PartComplexity stemComplexity(const Network& network)
{
    Counter counter;
    const Node x = wiring::stem(network, counter);
    return {counter.total, x.width, x.size};
}

PartComplexity blockComplexity(const Network& network, const Stage& stage, int stride, int inputWidth, int inputSize)
{
    Counter counter;
    const Node x = wiring::block(network, stage, counter, {-1, inputWidth, inputSize}, stride);
    return {counter.total, x.width, x.size};
}

PartComplexity headComplexity(const Network& network, int inputWidth, int inputSize)
{
    Counter counter;
    const Node x = wiring::head(network, counter, {-1, inputWidth, inputSize});
    return {counter.total, x.width, x.size};
}

} // namespace spacewright
