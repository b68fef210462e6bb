// Field numbers are those of onnx.proto (github.com/onnx/onnx, onnx/onnx.proto).
#include "core/exchange/onnx.h"
#include "core/error.h"
#include "core/exchange/protobuf.h"
#include <limits>

namespace spacewright {

namespace {

using Message = ProtobufMessage;

std::string blob(int layer)
{
    return layer == 0 ? "images" : "x" + std::to_string(layer);
}

class Node {
public:
    Node(const char* op, const std::string& name) { m_message.text(3, name).text(4, op); }
    Node& input(const std::string& blob)
    {
        m_message.text(1, blob);
        return *this;
    }
    Node& output(const std::string& blob)
    {
        m_message.text(2, blob);
        return *this;
    }
    Node& integer(const char* name, int value)
    {
        m_message.message(5, Message().text(1, name).number(3, value).number(20, 2));
        return *this;
    }
    Node& integers(const char* name, std::initializer_list<int> values)
    {
        Message attribute;
        attribute.text(1, name);
        for (const int value : values)
            attribute.number(8, value);
        m_message.message(5, attribute.number(20, 7));
        return *this;
    }
    Node& real(const char* name, float value)
    {
        m_message.message(5, Message().text(1, name).real(2, value).number(20, 1));
        return *this;
    }
    /// Kernel, stride and the padding of (kernel - 1) / 2 on every side.
    Node& window(const Layer& layer)
    {
        const int k = layer.kernel, s = layer.stride, p = (k - 1) / 2;
        return integers("kernel_shape", {k, k}).integers("strides", {s, s}).integers("pads", {p, p, p, p});
    }
    const Message& message() const { return m_message; }

private:
    Message m_message;
};

/// Adds the nodes of one layer to the graph.
void add(const Layer& layer, const std::string& output, Message& graph)
{
    const std::string x = blob(layer.input), other = blob(layer.other);
    const auto node = [&](const char* op) { return Node(op, layer.name).input(x); };
    const auto emit = [&](Node&& node) { graph.message(1, node.output(output).message()); };
    const auto one = [&](const char* op) { emit(node(op)); };
    switch (layer.op) {
    case Op::input:
        break;
    case Op::conv: {
        Node convolution = node("Conv").input(layer.name + ".weight");
        if (layer.bias)
            convolution.input(layer.name + ".bias");
        emit(std::move(convolution.window(layer).integer("group", layer.groups)));
        break;
    }
    case Op::batchNorm: {
        Node norm = node("BatchNormalization");
        for (const char* suffix : {".weight", ".bias", ".running_mean", ".running_var"})
            norm.input(layer.name + suffix);
        emit(std::move(norm.real("epsilon", 1e-5f)));
        break;
    }
    case Op::relu:
        return one("Relu");
    case Op::sigmoid:
        return one("Sigmoid");
    case Op::globalPool:
        return one("GlobalAveragePool");
    case Op::silu: {
        const std::string gate = output + ".gate";
        graph.message(1, Node("Sigmoid", layer.name + ".gate").input(x).output(gate).message());
        emit(std::move(node("Mul").input(gate)));
        break;
    }
    case Op::maxPool:
        emit(std::move(node("MaxPool").window(layer)));
        break;
    case Op::add:
        emit(std::move(node("Add").input(other)));
        break;
    case Op::scale:
        emit(std::move(node("Mul").input(other)));
        break;
    case Op::linear: {
        const std::string flat = output + ".flat";
        graph.message(1, Node("Flatten", layer.name + ".flat").input(x).output(flat).integer("axis", 1).message());
        emit(std::move(Node("Gemm", layer.name)
                           .input(flat)
                           .input(layer.name + ".weight")
                           .input(layer.name + ".bias")
                           .integer("transB", 1)));
        break;
    }
    }
}

Message initializer(const NamedArray& array)
{
    Message tensor;
    for (const std::int64_t n : array.shape)
        tensor.number(1, static_cast<std::uint64_t>(n));
    const std::vector<float>& values = array.values;
    tensor.number(2, 1).text(8, array.name); // 1: 32-bit floats
    return tensor.text(9, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)});
}

/// A tensor of floats: batch x the given sizes.
Message valueInfo(const char* name, std::initializer_list<int> sizes)
{
    Message shape;
    shape.message(1, Message().text(2, "batch"));
    for (const int size : sizes)
        shape.message(1, Message().number(1, size));
    return Message().text(1, name).message(2, Message().message(1, Message().number(1, 1).message(2, shape)));
}

std::string numbers(const std::vector<float>& values)
{
    std::string text;
    for (const float value : values)
        text += (text.empty() ? "" : ", ") + std::to_string(value);
    return text;
}

} // namespace

std::string toOnnx(const ExportedModel& model)
{
    const std::vector<Layer>& layers = model.network.layers;
    const Network& n = model.sample.network;
    Message graph;
    for (std::size_t i = 1; i < layers.size(); ++i)
        add(layers[i], i + 1 == layers.size() ? "logits" : blob(static_cast<int>(i)), graph);
    graph.text(2, "network");
    for (const NamedArray& array : model.network.state)
        graph.message(5, initializer(array));
    graph.message(11, valueInfo("images", {n.inputChannels, n.resolution, n.resolution}));
    graph.message(12, valueInfo("logits", {n.classes}));
    Message file;
    file.number(1, 8).text(2, "spacewright").text(6, model.title).message(8, Message().number(2, 17)).message(7, graph);
    for (const auto& [name, values] : {std::pair("mean", &model.input.mean), {"deviation", &model.input.deviation}})
        if (!values->empty())
            file.message(14, Message().text(1, name).text(2, numbers(*values)));
    if (file.bytes().size() > std::numeric_limits<std::int32_t>::max())
        throw Error("ONNX files hold at most 2 GB, and this network needs more. Write it as safetensors or "
                    "TorchScript instead.");
    return file.bytes();
}

} // namespace spacewright
