// Interprets the layer list with LibTorch's operators; autograd does the backward pass.
//
// All parameters lie in one flat buffer, and so do gradients and momentum: the optimiser's step is a few operations
// over three long vectors, however many layers there are. Convolutions' weights are channels last, as activations are.
#include "gpu/module.h"
#include "core/error.h"
#include <ATen/ATen.h>
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

/// The given arrays in the wanted order, as tensors that share their memory. Throws Error when they are not just these.
std::vector<at::Tensor> matching(const std::vector<NamedArray>& wanted, const std::vector<NamedArray>& given)
{
    std::map<std::string, const NamedArray*> byName;
    for (const NamedArray& array : given)
        byName[array.name] = &array;
    std::vector<at::Tensor> result;
    for (const NamedArray& array : wanted) {
        const auto found = byName.find(array.name);
        if (found == byName.end() || found->second->shape != array.shape || given.size() != wanted.size())
            throw Error("The arrays are not those of this network: \"" + array.name +
                        "\" is missing or has another shape, or there are more.");
        result.push_back(at::from_blob(const_cast<float*>(found->second->values.data()), array.shape, at::kFloat));
    }
    return result;
}

NamedArray named(const std::string& name, const at::Tensor& tensor)
{
    return {name, tensor.sizes().vec(), values(tensor)};
}

} // namespace

struct Module::Impl {
    struct Parameter {
        std::string name;
        at::Tensor value, gradient, momentum; ///< views of the flat buffers
    };
    struct Operands { ///< of a layer; undefined where it has none
        at::Tensor weight, bias, mean, variance;
    };

    std::vector<Layer> layers;
    at::Device device;
    at::Tensor values, gradients, momentum; ///< flat, all parameters
    std::vector<Parameter> parameters;
    std::vector<std::string> stateNames; ///< in order of the layers
    std::map<std::string, at::Tensor> state;
    std::vector<Operands> operands; ///< per layer
    std::vector<int> lastReader;    ///< per layer: the last layer that reads its output

    Impl(std::vector<Layer> list, const std::vector<NamedArray>& start, const std::string& deviceName);
    Parameter parameter(const std::string& name, const at::Tensor& start, std::int64_t offset) const;
    Operands operandsOf(const Layer&) const;
    at::Tensor forward(const at::Tensor& images, bool training);
    at::Tensor apply(int index, std::vector<at::Tensor>& outputs, bool training) const;
};

Module::Impl::Impl(std::vector<Layer> list, const std::vector<NamedArray>& start, const std::string& deviceName)
    : layers(std::move(list)), device(deviceName), lastReader(layers.size(), -1)
{
    const std::vector<at::Tensor> arrays = matching(stateShapes(layers), start);
    std::int64_t total = 0;
    for (const NamedArray& array : stateShapes(layers)) {
        stateNames.push_back(array.name);
        if (!isRunningStatistic(array.name))
            total += c10::multiply_integers(array.shape);
    }
    for (at::Tensor* flat : {&values, &gradients, &momentum})
        *flat = at::zeros({total}, at::TensorOptions(at::kFloat).device(device));

    std::int64_t offset = 0;
    for (std::size_t i = 0; i < arrays.size(); ++i) {
        if (isRunningStatistic(stateNames[i])) {
            state[stateNames[i]] = arrays[i].to(device, at::kFloat, false, true);
            continue;
        }
        parameters.push_back(parameter(stateNames[i], arrays[i], offset));
        state[stateNames[i]] = parameters.back().value;
        offset += arrays[i].numel();
    }

    for (int i = 0; i < static_cast<int>(layers.size()); ++i) {
        operands.push_back(operandsOf(layers[i]));
        for (int read : {layers[i].input, layers[i].other})
            if (read >= 0)
                lastReader[read] = i;
    }
}

Module::Impl::Parameter Module::Impl::parameter(const std::string& name, const at::Tensor& start,
                                                std::int64_t offset) const
{
    const std::vector<std::int64_t> shape = start.sizes().vec();
    Parameter result{name, view(values, offset, shape), view(gradients, offset, shape), view(momentum, offset, shape)};
    result.value.copy_(start);
    result.value.set_requires_grad(true);
    result.value.mutable_grad() = result.gradient; // backward passes add to it in place
    return result;
}

Module::Impl::Operands Module::Impl::operandsOf(const Layer& layer) const
{
    const auto find = [&](const char* suffix) {
        const auto found = state.find(layer.name + suffix);
        return found == state.end() ? at::Tensor() : found->second;
    };
    return {find(".weight"), find(".bias"), find(".running_mean"), find(".running_var")};
}

at::Tensor Module::Impl::forward(const at::Tensor& images, bool training)
{
    std::vector<at::Tensor> outputs(layers.size());
    outputs[0] = images;
    for (int i = 1; i < static_cast<int>(layers.size()); ++i)
        outputs[i] = apply(i, outputs, training);
    return outputs.back();
}

/// Layer `index` of the list. An output that nobody reads any more is let go at once (its memory is reused while it
/// is still in the cache) or changed in place, where its gradient does not need it.
at::Tensor Module::Impl::apply(int index, std::vector<at::Tensor>& outputs, bool training) const
{
    const Layer& layer = layers[index];
    const Operands& o = operands[index];
    const bool last = lastReader[layer.input] == index;
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

Module::Module(std::vector<Layer> layers, const std::vector<NamedArray>& state, const std::string& device)
    : m(std::make_unique<Impl>(std::move(layers), state, device))
{
}

Module::~Module() = default;

Module::Pass Module::trainingPass(const float* images, const std::uint8_t* labels, int batch, double labelSmoothing)
{
    const at::Tensor x = imageTensor(images, batch, m->layers.front(), m->device);
    const at::Tensor target =
        at::from_blob(const_cast<std::uint8_t*>(labels), {batch}, at::kByte).to(m->device, at::kLong);
    m->gradients.zero_();
    const at::Tensor logits = m->forward(x, true);
    const at::Tensor loss = at::cross_entropy_loss(logits, target, {}, at::Reduction::Mean, -100, labelSmoothing);
    loss.backward();
    return {loss.item<double>(), values(logits)};
}

void Module::update(double rate, double momentum, double weightDecay)
{
    const at::NoGradGuard noGrad;
    m->gradients.add_(m->values, weightDecay);
    m->momentum.mul_(momentum).add_(m->gradients);
    m->gradients.add_(m->momentum, momentum);
    m->values.add_(m->gradients, -rate);
}

std::vector<float> Module::evaluate(const float* images, int batch)
{
    const at::NoGradGuard noGrad;
    return values(m->forward(imageTensor(images, batch, m->layers.front(), m->device), false));
}

std::vector<NamedArray> Module::state() const
{
    std::vector<NamedArray> result;
    for (const std::string& name : m->stateNames)
        result.push_back(named(name, m->state.at(name)));
    return result;
}

std::vector<NamedArray> Module::gradients() const
{
    std::vector<NamedArray> result;
    for (const Impl::Parameter& parameter : m->parameters)
        result.push_back(named(parameter.name, parameter.gradient));
    return result;
}

std::vector<NamedArray> Module::momentum() const
{
    std::vector<NamedArray> result;
    for (const Impl::Parameter& parameter : m->parameters)
        result.push_back(named(parameter.name, parameter.momentum));
    return result;
}

void Module::loadMomentum(const std::vector<NamedArray>& arrays)
{
    std::vector<NamedArray> wanted = stateShapes(m->layers);
    std::erase_if(wanted, [](const NamedArray& array) { return isRunningStatistic(array.name); });
    const std::vector<at::Tensor> given = matching(wanted, arrays);
    for (std::size_t i = 0; i < given.size(); ++i)
        m->parameters[i].momentum.copy_(given[i]);
}

} // namespace spacewright
