// Copies arrays into tensors and back.
#include "gpu/torch_state.h"
#include <string_view>

namespace spacewright {

namespace {

/// Shares the array's memory.
at::Tensor tensor(const NamedArray& array)
{
    return at::from_blob(const_cast<float*>(array.values.data()), array.shape, at::kFloat);
}

} // namespace

TorchState::TorchState(const std::vector<Layer>& layers, const std::vector<NamedArray>& start, const at::Device& device)
    : m_shapes(stateShapes(layers))
{
    const std::vector<const NamedArray*> arrays = matching(m_shapes, start);
    std::int64_t total = 0;
    for (const NamedArray& array : m_shapes)
        if (!isRunningStatistic(array.name)) {
            m_parameterNames.push_back(array.name);
            m_places[array.name] = {total, array.shape};
            total += c10::multiply_integers(array.shape);
        }
    for (at::Tensor* flat : {&values, &gradients, &momentum})
        *flat = at::zeros({total}, at::TensorOptions(at::kFloat).device(device));
    for (const NamedArray* array : arrays)
        if (isRunningStatistic(array->name))
            m_state[array->name] = tensor(*array).to(device, at::kFloat, false, true);
        else
            m_state[array->name] = view(values, array->name).copy_(tensor(*array));
}

at::Tensor TorchState::view(const at::Tensor& flat, const std::string& parameter) const
{
    const auto& [offset, shape] = m_places.at(parameter);
    if (shape.size() != 4)
        return flat.narrow(0, offset, c10::multiply_integers(shape)).view(shape);
    const std::int64_t in = shape[1], height = shape[2], width = shape[3];
    return flat.as_strided(shape, {in * height * width, 1, in * width, in}, offset);
}

std::vector<NamedArray> TorchState::state() const
{
    std::vector<NamedArray> result;
    for (const NamedArray& array : m_shapes)
        result.push_back({array.name, array.shape, hostValues(m_state.at(array.name))});
    return result;
}

std::vector<NamedArray> TorchState::arrays(const at::Tensor& flat) const
{
    std::vector<NamedArray> result;
    for (const std::string& name : m_parameterNames)
        result.push_back({name, m_places.at(name).shape, hostValues(view(flat, name))});
    return result;
}

void TorchState::loadMomentum(const std::vector<NamedArray>& arrays)
{
    std::vector<NamedArray> wanted = m_shapes;
    std::erase_if(wanted, [](const NamedArray& array) { return isRunningStatistic(array.name); });
    for (const NamedArray* array : matching(wanted, arrays))
        view(momentum, array->name).copy_(tensor(*array));
}

bool isWantOfMemory(const c10::Error& problem)
{
    if (dynamic_cast<const c10::OutOfMemoryError*>(&problem))
        return true;
    const std::string_view words = problem.what_without_backtrace();
    const auto has = [&](const char* part) { return words.find(part) != std::string_view::npos; };
    return has("CUDA error: out of memory") || has("STATUS_ALLOC_FAILED");
}

std::vector<float> hostValues(const at::Tensor& tensor)
{
    const at::Tensor host = tensor.detach().cpu().contiguous();
    return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
}

at::Tensor imageTensor(const float* images, int batch, const Layer& input)
{
    const std::int64_t channels = input.outWidth, size = input.outSize;
    return at::from_blob(const_cast<float*>(images), {batch, channels, size, size},
                         {size * size * channels, 1, size * channels, channels}, at::kFloat);
}

} // namespace spacewright
