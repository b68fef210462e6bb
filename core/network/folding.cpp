// w' = w gamma / sqrt(variance + eps), b' = beta - mean gamma / sqrt(variance + eps); computed in double.
#include "core/network/folding.h"
#include <cmath>
#include <map>

namespace spacewright {

namespace {

constexpr double epsilon = 1e-5; // of every batch norm (pycls)

using Arrays = std::map<std::string, const NamedArray*>;

/// The convolution's weights and bias once the norm is part of it.
void fold(const Layer& convolution, const Layer& norm, const Arrays& arrays, std::vector<NamedArray>& to)
{
    const auto of = [&](const char* suffix) -> const std::vector<float>& {
        return arrays.at(norm.name + suffix)->values;
    };
    NamedArray weight = *arrays.at(convolution.name + ".weight");
    NamedArray bias{convolution.name + ".bias", {convolution.outWidth}, {}};
    const std::size_t perChannel = weight.values.size() / static_cast<std::size_t>(convolution.outWidth);
    for (std::size_t c = 0; c < static_cast<std::size_t>(convolution.outWidth); ++c) {
        const double factor = of(".weight")[c] / std::sqrt(of(".running_var")[c] + epsilon);
        for (std::size_t i = c * perChannel; i < (c + 1) * perChannel; ++i)
            weight.values[i] = static_cast<float>(weight.values[i] * factor);
        bias.values.push_back(static_cast<float>(of(".bias")[c] - of(".running_mean")[c] * factor));
    }
    to.push_back(std::move(weight));
    to.push_back(std::move(bias));
}

} // namespace

Weighted folded(const Weighted& network)
{
    Arrays arrays;
    for (const NamedArray* array : matching(stateShapes(network.layers), network.state))
        arrays[array->name] = array;
    Weighted result;
    std::vector<int> place; // of every old layer in the new list
    for (const Layer& old : network.layers) {
        if (old.op == Op::batchNorm) { // every one follows a convolution that nothing else reads
            result.layers[place[old.input]].bias = true;
            place.push_back(place[old.input]);
            continue;
        }
        place.push_back(static_cast<int>(result.layers.size()));
        result.layers.push_back(old);
        for (int* read : {&result.layers.back().input, &result.layers.back().other})
            if (*read >= 0)
                *read = place[*read];
    }
    std::map<int, const Layer*> normOf; // by the convolution's old index
    for (const Layer& layer : network.layers)
        if (layer.op == Op::batchNorm)
            normOf[layer.input] = &layer;
    for (int i = 0; i < static_cast<int>(network.layers.size()); ++i) {
        const Layer& layer = network.layers[i];
        if (normOf.contains(i))
            fold(layer, *normOf[i], arrays, result.state);
        else if (layer.op == Op::conv || layer.op == Op::linear)
            for (const char* suffix : {".weight", ".bias"})
                if (const auto found = arrays.find(layer.name + suffix); found != arrays.end())
                    result.state.push_back(*found->second);
    }
    return result;
}

} // namespace spacewright
