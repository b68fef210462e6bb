// Writes the wiring into a list.
#include "core/network/layers.h"
#include "core/network/wiring.h"

namespace spacewright {

namespace {

using wiring::Node;

class LayerList {
public:
    explicit LayerList(int stages) : m_stages(stages) {}

    Node input(int channels, int size)
    {
        m_layers.push_back({.op = Op::input, .name = "input", .outWidth = channels, .outSize = size});
        return {0, channels, size};
    }
    void enter(int stage)
    {
        m_stage = stage;
        m_block = 0;
    }
    template <class Block>
    Node blocks(int depth, Node x, Block block)
    {
        for (m_block = 1; m_block <= depth; ++m_block)
            x = block(x, m_block == 1);
        return x;
    }
    Node conv(const char* name, Node x, int width, int kernel, int stride, int groups, bool bias)
    {
        Layer layer = from(Op::conv, name, x, width, (x.size - 1) / stride + 1);
        layer.kernel = kernel;
        layer.stride = stride;
        layer.groups = groups;
        layer.bias = bias;
        return push(layer);
    }
    Node pool(const char* name, Op op, Node x, int kernel, int stride)
    {
        Layer layer = from(op, name, x, x.width, op == Op::globalPool ? 1 : (x.size - 1) / stride + 1);
        layer.kernel = kernel;
        layer.stride = stride;
        return push(layer);
    }
    Node batchNorm(const char* name, Node x) { return push(from(Op::batchNorm, name, x, x.width, x.size)); }
    Node activation(const char* name, Node x, Op op) { return push(from(op, name, x, x.width, x.size)); }
    Node linear(const char* name, Node x, int width)
    {
        Layer layer = from(Op::linear, name, x, width, 1);
        layer.bias = true;
        return push(layer);
    }
    Node add(const char* name, Node x, Node skip) { return binary(Op::add, name, x, skip); }
    Node scale(const char* name, Node x, Node factors) { return binary(Op::scale, name, x, factors); }

    std::vector<Layer> take() { return std::move(m_layers); }

private:
    std::string prefix() const
    {
        if (m_stage == 0)
            return "stem.";
        if (m_stage > m_stages)
            return "head.";
        return std::string("s")
            .append(std::to_string(m_stage))
            .append(".b")
            .append(std::to_string(m_block))
            .append(".");
    }
    Layer from(Op op, const char* name, Node x, int width, int size) const
    {
        return {.op = op,
                .name = prefix() + name,
                .input = x.id,
                .inWidth = x.width,
                .outWidth = width,
                .inSize = x.size,
                .outSize = size,
                .stage = m_stage,
                .block = m_block};
    }
    Node binary(Op op, const char* name, Node x, Node other)
    {
        Layer layer = from(op, name, x, x.width, x.size);
        layer.other = other.id;
        return push(layer);
    }
    Node push(const Layer& layer)
    {
        m_layers.push_back(layer);
        return {static_cast<int>(m_layers.size()) - 1, layer.outWidth, layer.outSize};
    }

    int m_stages;
    int m_stage = 0;
    int m_block = 0;
    std::vector<Layer> m_layers;
};

} // namespace

std::vector<Layer> layers(const Network& network)
{
    check(network);
    LayerList list(static_cast<int>(network.stages.size()));
    wiring::wire(network, list);
    return list.take();
}

} // namespace spacewright
