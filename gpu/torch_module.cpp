// Interprets the layer list with LibTorch's operators; autograd does the backward pass.
//
// All parameters lie in one flat buffer, and so do gradients and momentum: the optimiser's step is a few operations
// over three long vectors, however many layers there are. Convolutions' weights are channels last, as activations are.
#include "gpu/torch_module.h"
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <map>

namespace spacewright {

namespace {

constexpr double normEpsilon = 1e-5, normMomentum = 0.1;

/// A view of `flat` at `offset`; four-dimensional ones are channels last.
at::Tensor view(const at::Tensor& flat, std::int64_t offset, const std::vector<std::int64_t>& shape)
{
    if (shape.size() != 4)
        return flat.narrow(0, offset, c10::multiply_integers(shape)).view(shape);
    const std::int64_t in = shape[1], height = shape[2], width = shape[3];
    return flat.as_strided(shape, {in * height * width, 1, in * width, in}, offset);
}

/// The caller's images as a tensor in channels-last order; on the CPU without a copy.
at::Tensor imageTensor(const float* images, int batch, const Layer& input, const at::Device& device)
{
    const std::int64_t channels = input.outWidth, size = input.outSize;
    const at::Tensor host = at::from_blob(const_cast<float*>(images), {batch, channels, size, size},
                                          {size * size * channels, 1, size * channels, channels}, at::kFloat);
    return host.to(device);
}

std::vector<float> values(const at::Tensor& tensor)
{
    const at::Tensor host = tensor.detach().cpu().contiguous();
    return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
}

/// Shares the array's memory.
at::Tensor tensor(const NamedArray& array)
{
    return at::from_blob(const_cast<float*>(array.values.data()), array.shape, at::kFloat);
}

NamedArray named(const std::string& name, const at::Tensor& tensor)
{
    return {name, tensor.sizes().vec(), values(tensor)};
}

class TorchModule : public Module {
public:
    TorchModule(std::vector<Layer>, const std::vector<NamedArray>& state, const std::string& device);

    Pass trainingPass(const float* images, const std::uint8_t* labels, int batch, double labelSmoothing) override;
    void update(double rate, double momentum, double weightDecay) override;
    std::vector<float> evaluate(const float* images, int batch) override;
    std::vector<NamedArray> state() const override;
    std::vector<NamedArray> gradients() const override;
    std::vector<NamedArray> momentum() const override;
    void loadMomentum(const std::vector<NamedArray>&) override;

private:
    struct Parameter {
        std::string name;
        at::Tensor value, gradient, momentum; ///< views of the flat buffers
    };
    struct Operands { ///< of a layer; undefined where it has none
        at::Tensor weight, bias, mean, variance;
    };

    Parameter parameter(const std::string& name, const at::Tensor& start, std::int64_t offset) const;
    Operands operandsOf(const Layer&) const;
    at::Tensor forward(const at::Tensor& images, bool training);
    at::Tensor apply(int index, std::vector<at::Tensor>& outputs, bool training) const;

    std::vector<Layer> m_layers;
    at::Device m_device;
    at::Tensor m_values, m_gradients, m_momentum; ///< flat, all parameters
    std::vector<Parameter> m_parameters;
    std::vector<std::string> m_stateNames; ///< in order of the layers
    std::map<std::string, at::Tensor> m_state;
    std::vector<Operands> m_operands; ///< per layer
    std::vector<int> m_lastReader;    ///< per layer: the last layer that reads its output
};

TorchModule::TorchModule(std::vector<Layer> layers, const std::vector<NamedArray>& start, const std::string& device)
    : m_layers(std::move(layers)), m_device(device), m_lastReader(m_layers.size(), -1)
{
    const std::vector<const NamedArray*> arrays = matching(stateShapes(m_layers), start);
    std::int64_t total = 0;
    for (const NamedArray& array : stateShapes(m_layers)) {
        m_stateNames.push_back(array.name);
        if (!isRunningStatistic(array.name))
            total += c10::multiply_integers(array.shape);
    }
    for (at::Tensor* flat : {&m_values, &m_gradients, &m_momentum})
        *flat = at::zeros({total}, at::TensorOptions(at::kFloat).device(m_device));

    std::int64_t offset = 0;
    for (std::size_t i = 0; i < arrays.size(); ++i) {
        if (isRunningStatistic(m_stateNames[i])) {
            m_state[m_stateNames[i]] = tensor(*arrays[i]).to(m_device, at::kFloat, false, true);
            continue;
        }
        m_parameters.push_back(parameter(m_stateNames[i], tensor(*arrays[i]), offset));
        m_state[m_stateNames[i]] = m_parameters.back().value;
        offset += static_cast<std::int64_t>(arrays[i]->values.size());
    }

    for (int i = 0; i < static_cast<int>(m_layers.size()); ++i) {
        m_operands.push_back(operandsOf(m_layers[i]));
        for (int read : {m_layers[i].input, m_layers[i].other})
            if (read >= 0)
                m_lastReader[read] = i;
    }
}

TorchModule::Parameter TorchModule::parameter(const std::string& name, const at::Tensor& start,
                                              std::int64_t offset) const
{
    const std::vector<std::int64_t> shape = start.sizes().vec();
    Parameter result{name, view(m_values, offset, shape), view(m_gradients, offset, shape),
                     view(m_momentum, offset, shape)};
    result.value.copy_(start);
    result.value.set_requires_grad(true);
    result.value.mutable_grad() = result.gradient; // backward passes add to it in place
    return result;
}

TorchModule::Operands TorchModule::operandsOf(const Layer& layer) const
{
    const auto find = [&](const char* suffix) {
        const auto found = m_state.find(layer.name + suffix);
        return found == m_state.end() ? at::Tensor() : found->second;
    };
    return {find(".weight"), find(".bias"), find(".running_mean"), find(".running_var")};
}

at::Tensor TorchModule::forward(const at::Tensor& images, bool training)
{
    std::vector<at::Tensor> outputs(m_layers.size());
    outputs[0] = images;
    for (int i = 1; i < static_cast<int>(m_layers.size()); ++i)
        outputs[i] = apply(i, outputs, training);
    return outputs.back();
}

/// Layer `index` of the list. An output that nobody reads any more is let go at once (its memory is reused while it
/// is still in the cache) or changed in place, where its gradient does not need it.
at::Tensor TorchModule::apply(int index, std::vector<at::Tensor>& outputs, bool training) const
{
    const Layer& layer = m_layers[index];
    const Operands& o = m_operands[index];
    const bool last = m_lastReader[layer.input] == index;
    const at::Tensor x = last ? std::move(outputs[layer.input]) : outputs[layer.input];
    switch (layer.op) {
    case Op::input:
        break;
    case Op::conv:
        return at::conv2d(x, o.weight, o.bias, layer.stride, (layer.kernel - 1) / 2, 1, layer.groups);
    case Op::batchNorm:
        return at::batch_norm(x, o.weight, o.bias, o.mean, o.variance, training, normMomentum, normEpsilon, true);
    case Op::relu:
        return last ? at::relu_(const_cast<at::Tensor&>(x)) : at::relu(x);
    case Op::silu:
        return at::silu(x);
    case Op::sigmoid:
        return at::sigmoid(x);
    case Op::maxPool:
        return at::max_pool2d(x, layer.kernel, layer.stride, (layer.kernel - 1) / 2);
    case Op::globalPool:
        return at::mean(x, {2, 3}, true);
    case Op::add:
        return last ? x.add_(outputs[layer.other]) : x.add(outputs[layer.other]);
    case Op::scale:
        return x.mul(outputs[layer.other]);
    case Op::linear:
        return at::linear(x.flatten(1), o.weight, o.bias);
    }
    return x;
}

Module::Pass TorchModule::trainingPass(const float* images, const std::uint8_t* labels, int batch,
                                       double labelSmoothing)
{
    const at::Tensor x = imageTensor(images, batch, m_layers.front(), m_device);
    const at::Tensor target =
        at::from_blob(const_cast<std::uint8_t*>(labels), {batch}, at::kByte).to(m_device, at::kLong);
    m_gradients.zero_();
    const at::Tensor logits = forward(x, true);
    const at::Tensor loss = at::cross_entropy_loss(logits, target, {}, at::Reduction::Mean, -100, labelSmoothing);
    loss.backward();
    return {loss.item<double>(), values(logits)};
}

void TorchModule::update(double rate, double momentum, double weightDecay)
{
    const c10::NoGradGuard noGrad;
    m_gradients.add_(m_values, weightDecay);
    m_momentum.mul_(momentum).add_(m_gradients);
    m_gradients.add_(m_momentum, momentum);
    m_values.add_(m_gradients, -rate);
}

std::vector<float> TorchModule::evaluate(const float* images, int batch)
{
    const c10::NoGradGuard noGrad;
    return values(forward(imageTensor(images, batch, m_layers.front(), m_device), false));
}

std::vector<NamedArray> TorchModule::state() const
{
    std::vector<NamedArray> result;
    for (const std::string& name : m_stateNames)
        result.push_back(named(name, m_state.at(name)));
    return result;
}

std::vector<NamedArray> TorchModule::gradients() const
{
    std::vector<NamedArray> result;
    for (const Parameter& parameter : m_parameters)
        result.push_back(named(parameter.name, parameter.gradient));
    return result;
}

std::vector<NamedArray> TorchModule::momentum() const
{
    std::vector<NamedArray> result;
    for (const Parameter& parameter : m_parameters)
        result.push_back(named(parameter.name, parameter.momentum));
    return result;
}

void TorchModule::loadMomentum(const std::vector<NamedArray>& arrays)
{
    std::vector<NamedArray> wanted = stateShapes(m_layers);
    std::erase_if(wanted, [](const NamedArray& array) { return isRunningStatistic(array.name); });
    const std::vector<const NamedArray*> given = matching(wanted, arrays);
    for (std::size_t i = 0; i < given.size(); ++i)
        m_parameters[i].momentum.copy_(tensor(*given[i]));
}

} // namespace

std::unique_ptr<Module> makeTorchModule(std::vector<Layer> layers, const std::vector<NamedArray>& state,
                                        const std::string& device)
{
    return std::make_unique<TorchModule>(std::move(layers), state, device);
}

} // namespace spacewright
