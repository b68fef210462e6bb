// A network's numbers outside LibTorch: named arrays, and the values that training starts from.
#pragma once
#include "core/design/random.h"
#include "core/network/layers.h"

namespace spacewright {

/// One array as a checkpoint keeps it. Shapes are PyTorch's: a convolution has (out, in / groups, k, k).
struct NamedArray {
    std::string name; ///< pycls' key: the layer's name + ".weight", ".bias", ".running_mean" or ".running_var"
    std::vector<std::int64_t> shape;
    std::vector<float> values; ///< row-major

    bool operator==(const NamedArray&) const = default;
};

/// Names and shapes of a network's parameters and running statistics, in order of the layers; without values.
std::vector<NamedArray> stateShapes(const std::vector<Layer>&);
/// How many numbers these are.
std::int64_t stateSize(const std::vector<Layer>&);
/// The same with values, initialised as pycls does: convolutions
/// N(0, sqrt(2 / (k * k * out))), batch norms 1 and 0, the linear layer N(0, 0.01) and 0. pycls leaves the biases of
/// Squeeze-and-Excitation at PyTorch's default, uniform in +-1 / sqrt(in * k * k).
std::vector<NamedArray> initialState(const std::vector<Layer>&, Random);

/// The given arrays in the wanted order. Throws Error when they are not just these, by names and shapes.
std::vector<const NamedArray*> matching(const std::vector<NamedArray>& wanted, const std::vector<NamedArray>& given);

/// Whether the array is a batch norm's running statistic, which no gradient changes.
bool isRunningStatistic(const std::string& name);

} // namespace spacewright
