// Counts bytes layer by layer.
#include "core/schedule/memory_forecast.h"
#include "core/network/state.h"
#include <algorithm>
#include <set>

namespace spacewright {

namespace {

constexpr std::int64_t floatBytes = 4, halfBytes = 2;

std::int64_t outputs(const Layer& layer)
{
    return std::int64_t{layer.outWidth} * layer.outSize * layer.outSize;
}

std::int64_t inputs(const Layer& layer)
{
    return std::int64_t{layer.inWidth} * layer.inSize * layer.inSize;
}

std::int64_t parameterCount(const std::vector<Layer>& layers)
{
    std::int64_t count = 0;
    for (const NamedArray& array : stateShapes(layers)) {
        std::int64_t entries = isRunningStatistic(array.name) ? 0 : 1;
        for (std::int64_t extent : array.shape)
            entries *= extent;
        count += entries;
    }
    return count;
}

/// Whether the backward pass reads the layer's output. Additions and ReLUs take the place of the norm before them, and
/// a projection's norm is computed with the addition.
bool isKept(const Layer& layer, bool projection)
{
    switch (layer.op) {
    case Op::conv:
    case Op::silu:
    case Op::maxPool:
    case Op::scale:
        return true;
    case Op::batchNorm:
        return !projection;
    default:
        return false;
    }
}

} // namespace

MemoryNeed memoryNeed(const std::vector<Layer>& layers, int images, Precision precision)
{
    constexpr std::int64_t gradientsAtOnce = 3; // of a sum, of the skip and of the convolution behind
    const bool half = precision == Precision::bf16;
    const std::int64_t number = half ? halfBytes : floatBytes;
    std::set<int> added;
    for (const Layer& layer : layers)
        if (layer.op == Op::add)
            added.insert(layer.other);

    std::int64_t kept = outputs(layers.front()) * (floatBytes + (half ? halfBytes : 0)), largest = 0, operands = 0;
    for (int i = 0; i < static_cast<int>(layers.size()); ++i) {
        const Layer& layer = layers[i];
        if (isKept(layer, added.contains(i)))
            kept += outputs(layer) * number;
        if (layer.op == Op::maxPool)
            kept += outputs(layer) * std::int64_t{sizeof(std::int64_t)}; // which one was the largest
        if (layer.op == Op::conv)
            operands = std::max(operands, inputs(layer) + outputs(layer));
        largest = std::max(largest, outputs(layer));
    }
    return {.parameters = parameterCount(layers) * (3 * floatBytes + (half ? halfBytes : 0)),
            .activations = images * (kept + gradientsAtOnce * largest * number),
            .workspace = images * operands * number};
}

std::int64_t MemoryForecast::bytes(std::int64_t counted) const
{
    return static_cast<std::int64_t>(m_factor * static_cast<double>(counted));
}

void MemoryForecast::learn(std::int64_t counted, std::int64_t measured)
{
    if (counted <= 0 || measured <= 0)
        return;
    const double factor = static_cast<double>(measured) / static_cast<double>(counted);
    m_factor = m_measured ? std::max(m_factor, factor) : factor;
    m_measured = true;
}

void MemoryForecast::raise()
{
    constexpr double step = 1.25;
    m_factor *= step;
    m_measured = true; // what is learnt later must not undo it
}

} // namespace spacewright
