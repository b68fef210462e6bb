// The archive that torch.jit.save writes: a class in TorchScript, its attributes pickled, the arrays beside them.
#include "core/exchange/torchscript.h"
#include "core/exchange/pickle.h"
#include "core/exchange/state_dict.h"
#include <algorithm>

namespace spacewright {

namespace {

std::string identifier(std::string name)
{
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

std::string pair(int value)
{
    const std::string number = std::to_string(value);
    return "[" + number + ", " + number + "]";
}

/// The right-hand side of a layer's line.
std::string expression(const Layer& layer)
{
    const auto own = [&](const char* suffix) { return "self." + identifier(layer.name + suffix); };
    const std::string x = "x" + std::to_string(layer.input), other = "x" + std::to_string(layer.other);
    switch (layer.op) {
    case Op::input:
        return "images";
    case Op::conv:
        return "torch.conv2d(" + x + ", " + own(".weight") + ", " + (layer.bias ? own(".bias") : "None") + ", " +
               pair(layer.stride) + ", " + pair((layer.kernel - 1) / 2) + ", [1, 1], " + std::to_string(layer.groups) +
               ")";
    case Op::batchNorm:
        return "torch.batch_norm(" + x + ", " + own(".weight") + ", " + own(".bias") + ", " + own(".running_mean") +
               ", " + own(".running_var") + ", False, 0.10000000000000001, 1.0000000000000001e-05, True)";
    case Op::relu:
        return "torch.relu(" + x + ")";
    case Op::silu:
        return "torch.silu(" + x + ")";
    case Op::sigmoid:
        return "torch.sigmoid(" + x + ")";
    case Op::maxPool:
        return "torch.max_pool2d(" + x + ", " + pair(layer.kernel) + ", " + pair(layer.stride) + ", " +
               pair((layer.kernel - 1) / 2) + ", [1, 1], False)";
    case Op::globalPool:
        return "torch.adaptive_avg_pool2d(" + x + ", [1, 1])";
    case Op::add:
        return "torch.add(" + x + ", " + other + ")";
    case Op::scale:
        return "torch.mul(" + x + ", " + other + ")";
    case Op::linear:
        return "torch.linear(torch.flatten(" + x + ", 1), " + own(".weight") + ", " + own(".bias") + ")";
    }
    return {};
}

std::string code(const ExportedModel& model)
{
    std::string parameters, buffers, attributes, lines;
    for (const NamedArray& array : model.network.state) {
        (isRunningStatistic(array.name) ? buffers : parameters) += "\"" + identifier(array.name) + "\", ";
        attributes += "  " + identifier(array.name) + " : Tensor\n";
    }
    const std::vector<Layer>& layers = model.network.layers;
    for (std::size_t i = 0; i < layers.size(); ++i)
        lines += "    x" + std::to_string(i) + " = " + expression(layers[i]) + "\n";
    return "class Network(Module):\n  __parameters__ = [" + parameters + "]\n  __buffers__ = [" + buffers + "]\n" +
           attributes + "  training : bool\n  def forward(self: __torch__.Network,\n    images: Tensor) -> Tensor:\n" +
           lines + "    return x" + std::to_string(layers.size() - 1) + "\n";
}

} // namespace

std::string toTorchScript(const ExportedModel& model)
{
    const std::vector<NamedArray>& arrays = model.network.state;
    Pickle pickle;
    pickle.global("__torch__", "Network");
    pickle.emptyTuple();
    pickle.newObject();
    pickle.emptyDictionary();
    pickle.mark();
    for (std::size_t i = 0; i < arrays.size(); ++i) {
        pickle.text(identifier(arrays[i].name));
        pickle.tensor(arrays[i], std::to_string(i));
    }
    pickle.text("training");
    pickle.boolean(false);
    pickle.setItems();
    pickle.build();
    Pickle constants;
    constants.emptyTuple();

    const std::string data = pickle.take(), none = constants.take(), program = code(model);
    std::vector<ZipEntry> entries{{"network/data.pkl", data}, {"network/code/__torch__.py", program}};
    addTensors("network", arrays, entries);
    entries.push_back({"network/constants.pkl", none});
    entries.push_back({"network/version", "3\n"});
    return toZip(entries);
}

} // namespace spacewright
