// Draws initial weights.
#include "core/network/state.h"
#include "core/error.h"
#include <cmath>
#include <map>
#include <numbers>

namespace spacewright {

namespace {

/// Box-Muller; one of the two values is enough here.
float normal(Random& random, double deviation)
{
    const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
    return static_cast<float>(deviation * radius * std::cos(2 * std::numbers::pi * random.uniform()));
}

std::vector<float> initialValues(const Layer& layer, const std::string& suffix, std::size_t count, Random& random)
{
    const bool ones = suffix == ".running_var" || (layer.op == Op::batchNorm && suffix == ".weight");
    std::vector<float> values(count, ones ? 1 : 0);
    if (layer.op == Op::batchNorm || (layer.op == Op::linear && suffix == ".bias"))
        return values;
    const int area = layer.kernel * layer.kernel;
    const double deviation = layer.op == Op::linear ? 0.01 : std::sqrt(2.0 / (area * layer.outWidth));
    const double bound = 1 / std::sqrt(area * layer.inWidth / layer.groups);
    for (float& value : values)
        value =
            suffix == ".weight" ? normal(random, deviation) : static_cast<float>(bound * (2 * random.uniform() - 1));
    return values;
}

/// Calls visit(layer, suffix, shape) for every array in order.
template <class Visit>
void forEachArray(const std::vector<Layer>& layers, Visit visit)
{
    using Shape = std::vector<std::int64_t>;
    for (const Layer& layer : layers) {
        if (layer.op == Op::conv)
            visit(layer, ".weight", Shape{layer.outWidth, layer.inWidth / layer.groups, layer.kernel, layer.kernel});
        else if (layer.op == Op::linear)
            visit(layer, ".weight", Shape{layer.outWidth, layer.inWidth});
        else if (layer.op == Op::batchNorm)
            for (const char* suffix : {".weight", ".bias", ".running_mean", ".running_var"})
                visit(layer, suffix, Shape{layer.outWidth});
        if (layer.bias)
            visit(layer, ".bias", Shape{layer.outWidth});
    }
}

std::size_t elements(const std::vector<std::int64_t>& shape)
{
    std::size_t product = 1;
    for (std::int64_t n : shape)
        product *= static_cast<std::size_t>(n);
    return product;
}

} // namespace

std::vector<NamedArray> stateShapes(const std::vector<Layer>& layers)
{
    std::vector<NamedArray> result;
    forEachArray(layers, [&](const Layer& layer, const char* suffix, const std::vector<std::int64_t>& shape) {
        result.push_back({layer.name + suffix, shape, {}});
    });
    return result;
}

std::int64_t stateSize(const std::vector<Layer>& layers)
{
    std::size_t size = 0;
    for (const NamedArray& array : stateShapes(layers))
        size += elements(array.shape);
    return static_cast<std::int64_t>(size);
}

std::vector<NamedArray> initialState(const std::vector<Layer>& layers, Random random)
{
    std::vector<NamedArray> result;
    forEachArray(layers, [&](const Layer& layer, const char* suffix, const std::vector<std::int64_t>& shape) {
        result.push_back({layer.name + suffix, shape, initialValues(layer, suffix, elements(shape), random)});
    });
    return result;
}

std::vector<const NamedArray*> matching(const std::vector<NamedArray>& wanted, const std::vector<NamedArray>& given)
{
    std::map<std::string, const NamedArray*> byName;
    for (const NamedArray& array : given)
        byName[array.name] = &array;
    std::vector<const NamedArray*> result;
    for (const NamedArray& array : wanted) {
        const auto found = byName.find(array.name);
        if (found == byName.end() || found->second->shape != array.shape || given.size() != wanted.size() ||
            found->second->values.size() != elements(array.shape))
            throw Error("The arrays are not those of this network: \"" + array.name +
                        "\" is missing or has another shape, or there are more.");
        result.push_back(found->second);
    }
    return result;
}

bool isRunningStatistic(const std::string& name)
{
    return name.ends_with(".running_mean") || name.ends_with(".running_var");
}

} // namespace spacewright
