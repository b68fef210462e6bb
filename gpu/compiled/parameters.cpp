// Copies arrays in and out, and takes the optimiser's step.
#include "gpu/compiled/parameters.h"
#include "gpu/kernels/kernels.h"
#include <algorithm>

namespace spacewright::compiled {

Parameters::Parameters(const std::vector<Layer>& layers, const std::vector<NamedArray>& state)
    : m_shapes(stateShapes(layers))
{
    constexpr std::size_t lineFloats = 16; // arrays begin at multiples of a cache line; the gaps stay 0
    const std::vector<const NamedArray*> given = matching(m_shapes, state);
    for (const NamedArray* array : given) {
        Flat& flat = isRunningStatistic(array->name) ? m_statistics : m_values;
        m_offsets[array->name] = flat.size();
        flat.insert(flat.end(), array->values.begin(), array->values.end());
        flat.resize((flat.size() + lineFloats - 1) / lineFloats * lineFloats);
    }
    m_gradients.resize(m_values.size());
    m_momentum.resize(m_values.size());
}

void Parameters::update(double rate, double momentum, double weightDecay)
{
    kernels().sgd.update({.count = static_cast<std::int64_t>(m_values.size()),
                          .values = m_values.data(),
                          .gradients = m_gradients.data(),
                          .velocity = m_momentum.data(),
                          .rate = static_cast<float>(rate),
                          .momentum = static_cast<float>(momentum),
                          .weightDecay = static_cast<float>(weightDecay)});
}

NamedArray Parameters::copy(const NamedArray& shape, const Flat& flat) const
{
    std::size_t count = 1;
    for (std::int64_t n : shape.shape)
        count *= static_cast<std::size_t>(n);
    const auto begin = flat.begin() + static_cast<std::ptrdiff_t>(m_offsets.at(shape.name));
    return {shape.name, shape.shape, {begin, begin + static_cast<std::ptrdiff_t>(count)}};
}

std::vector<NamedArray> Parameters::copies(const Flat& flat) const
{
    std::vector<NamedArray> result;
    for (const NamedArray& shape : m_shapes)
        if (!isRunningStatistic(shape.name))
            result.push_back(copy(shape, flat));
    return result;
}

std::vector<NamedArray> Parameters::state() const
{
    std::vector<NamedArray> result;
    for (const NamedArray& shape : m_shapes)
        result.push_back(copy(shape, isRunningStatistic(shape.name) ? m_statistics : m_values));
    return result;
}

void Parameters::loadMomentum(const std::vector<NamedArray>& arrays)
{
    std::vector<NamedArray> wanted = m_shapes;
    std::erase_if(wanted, [](const NamedArray& array) { return isRunningStatistic(array.name); });
    for (const NamedArray* array : matching(wanted, arrays))
        std::copy(array->values.begin(), array->values.end(), place(array->name, m_momentum));
}

} // namespace spacewright::compiled
