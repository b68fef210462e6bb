// Interprets the layer list with LibTorch's operators; autograd does the backward pass.
#include "gpu/torch_module.h"
#include "gpu/kernels/norm_finish.h"
#include "gpu/torch_state.h"
#include <c10/core/GradMode.h>

namespace spacewright {

namespace {

class TorchModule : public Module {
public:
    TorchModule(std::vector<Layer>, const std::vector<NamedArray>& state, const std::string& device);

    Pass trainingPass(const float* images, const std::uint8_t* labels, int batch, double labelSmoothing) override;
    void update(double rate, double momentum, double weightDecay) override;
    std::vector<float> evaluate(const float* images, int batch) override;
    std::vector<NamedArray> state() const override { return m_state.state(); }
    std::vector<NamedArray> gradients() const override { return m_state.arrays(m_state.gradients); }
    std::vector<NamedArray> momentum() const override { return m_state.arrays(m_state.momentum); }
    void loadMomentum(const std::vector<NamedArray>& arrays) override { m_state.loadMomentum(arrays); }

private:
    struct Operands { ///< of a layer; undefined where it has none
        at::Tensor weight, bias, mean, variance;
    };

    Operands operandsOf(const Layer&) const;
    at::Tensor forward(const float* images, int batch, bool training);
    at::Tensor apply(int index, std::vector<at::Tensor>& outputs, bool training) const;

    std::vector<Layer> m_layers;
    at::Device m_device;
    TorchState m_state;
    std::vector<Operands> m_operands; ///< per layer
    std::vector<int> m_lastReader;    ///< per layer: the last layer that reads its output
};

TorchModule::TorchModule(std::vector<Layer> layers, const std::vector<NamedArray>& start, const std::string& device)
    : m_layers(std::move(layers)), m_device(device), m_state(m_layers, start, m_device),
      m_lastReader(m_layers.size(), -1)
{
    for (const std::string& name : m_state.parameters()) {
        at::Tensor value = m_state.value(name);
        value.set_requires_grad(true);
        value.mutable_grad() = m_state.gradient(name); // backward passes add to it in place
    }
    for (int i = 0; i < static_cast<int>(m_layers.size()); ++i) {
        m_operands.push_back(operandsOf(m_layers[i]));
        for (int read : {m_layers[i].input, m_layers[i].other})
            if (read >= 0)
                m_lastReader[read] = i;
    }
}

TorchModule::Operands TorchModule::operandsOf(const Layer& layer) const
{
    const auto find = [&](const char* suffix) {
        return m_state.has(layer.name + suffix) ? m_state.value(layer.name + suffix) : at::Tensor();
    };
    return {find(".weight"), find(".bias"), find(".running_mean"), find(".running_var")};
}

at::Tensor TorchModule::forward(const float* images, int batch, bool training)
{
    std::vector<at::Tensor> outputs(m_layers.size());
    outputs[0] = imageTensor(images, batch, m_layers.front()).to(m_device);
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
    return withinMemory([&]() -> Pass {
        const at::Tensor target =
            at::from_blob(const_cast<std::uint8_t*>(labels), {batch}, at::kByte).to(m_device, at::kLong);
        m_state.gradients.zero_();
        const at::Tensor logits = forward(images, batch, true);
        const at::Tensor loss = at::cross_entropy_loss(logits, target, {}, at::Reduction::Mean, -100, labelSmoothing);
        loss.backward();
        return {loss.item<double>(), hostValues(logits)};
    });
}

void TorchModule::update(double rate, double momentum, double weightDecay)
{
    const c10::NoGradGuard noGrad;
    m_state.gradients.add_(m_state.values, weightDecay);
    m_state.momentum.mul_(momentum).add_(m_state.gradients);
    m_state.gradients.add_(m_state.momentum, momentum);
    m_state.values.add_(m_state.gradients, -rate);
}

std::vector<float> TorchModule::evaluate(const float* images, int batch)
{
    const c10::NoGradGuard noGrad;
    return withinMemory([&] { return hostValues(forward(images, batch, false)); });
}

} // namespace

std::unique_ptr<Module> makeTorchModule(std::vector<Layer> layers, const std::vector<NamedArray>& state,
                                        const std::string& device)
{
    return withinMemory([&] { return std::make_unique<TorchModule>(std::move(layers), state, device); });
}

} // namespace spacewright
