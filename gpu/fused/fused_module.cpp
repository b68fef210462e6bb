// Buffers that stay in their place, passes that can be replayed, and a batch in parts where memory is short.
#include "gpu/fused/fused_module.h"
#include "gpu/fused/network.h"
#include <c10/core/GradMode.h>
#include <cmath>
#include <functional>
#include <map>
#include <optional>

namespace spacewright {

namespace {

/// Of one step; each of `parts` moves the running statistics, all together as far as a whole batch would.
double runningMomentum(int parts)
{
    return 1 - std::pow(1 - normMomentum, 1.0 / parts);
}

class FusedModule : public Module {
public:
    FusedModule(std::vector<Layer> layers, const std::vector<NamedArray>& start, const Device& device,
                std::unique_ptr<DeviceSession> session)
        : m_layers(std::move(layers)), m_session(std::move(session)), m_parts(device.parts),
          m_state(m_layers, start, at::Device(device.name)),
          m_network(m_layers, m_state, *m_session, device.precision == Precision::bf16, runningMomentum(device.parts))
    {
    }

    Pass trainingPass(const float* images, const std::uint8_t* labels, int batch, double labelSmoothing) override
    {
        return train(fromHost(images), labels, batch, labelSmoothing);
    }
    std::vector<float> evaluate(const float* images, int batch) override { return classify(fromHost(images), batch); }
    Pass trainOn(const BatchChoice&, const std::uint8_t* labels, double labelSmoothing) override;
    std::vector<float> evaluateOn(const BatchChoice&) override;
    void update(double rate, double momentum, double weightDecay) override;
    std::vector<NamedArray> state() const override { return m_state.state(); }
    std::vector<NamedArray> gradients() const override { return m_state.arrays(m_state.gradients); }
    std::vector<NamedArray> momentum() const override { return m_state.arrays(m_state.momentum); }
    void loadMomentum(const std::vector<NamedArray>& arrays) override { m_state.loadMomentum(arrays); }

private:
    /// What a pass over so many images reads and writes.
    struct Work {
        int images = 0;
        double labelSmoothing = 0;
        at::Tensor input, labels, result;
        at::Tensor items;               ///< bytes, where the images are gathered on the device
        std::unique_ptr<Replay> replay; ///< none for the odd batch out

        void run(const std::function<void()>& body) { replay ? replay->run(body) : body(); }
    };
    /// Puts so many images of a batch, from `first` on, into the input.
    using Load = std::function<void(Work&, int first, int count)>;

    Work work(int images, double labelSmoothing) const;
    Load fromHost(const float* images) const;
    Load fromDevice(const BatchSource&, const BatchItem*) const;
    const BatchSource* resident(const BatchSource&);
    Pass train(const Load&, const std::uint8_t* labels, int batch, double labelSmoothing);
    std::vector<float> classify(const Load&, int batch);
    Work& workFor(std::optional<Work>& usual, std::optional<Work>& odd, int count, double labelSmoothing);
    int classes() const { return m_layers.back().outWidth; }

    const std::vector<Layer> m_layers;
    const std::unique_ptr<DeviceSession> m_session;
    const int m_parts;
    TorchState m_state;
    fused::Network m_network;
    std::optional<Work> m_training, m_evaluation;
    std::map<const std::uint8_t*, std::shared_ptr<const BatchSource>> m_sets; ///< by where they lie on the host
};

FusedModule::Work FusedModule::work(int images, double labelSmoothing) const
{
    const std::int64_t channels = m_layers.front().outWidth, size = m_layers.front().outSize;
    const at::TensorOptions floats = m_state.values.options();
    return {images,
            labelSmoothing,
            at::empty({images, channels, size, size}, floats, at::MemoryFormat::ChannelsLast),
            at::empty({images}, floats.dtype(at::kByte)),
            at::empty({std::int64_t{images} * classes() + 1}, floats),
            at::empty({images * std::int64_t{sizeof(BatchItem)}}, floats.dtype(at::kByte)),
            nullptr};
}

FusedModule::Load FusedModule::fromHost(const float* images) const
{
    return [this, images](Work& work, int first, int count) {
        const std::int64_t floats = work.input.numel() / work.images;
        m_session->copy(work.input.data_ptr(), images + first * floats,
                        static_cast<std::size_t>(count * floats) * sizeof(float));
    };
}

FusedModule::Load FusedModule::fromDevice(const BatchSource& set, const BatchItem* items) const
{
    return [this, &set, items](Work& work, int first, int count) {
        m_session->copy(work.items.data_ptr(), items + first, static_cast<std::size_t>(count) * sizeof(BatchItem));
        m_session->kernels().gather(set, static_cast<const BatchItem*>(work.items.data_ptr()), count,
                                    work.input.data_ptr<float>(), {.stream = m_session->stream()});
    };
}

const BatchSource* FusedModule::resident(const BatchSource& onHost)
{
    const auto [set, isNew] = m_sets.try_emplace(onHost.pixels);
    if (isNew)
        set->second = m_session->keep(onHost);
    return set->second.get();
}

/// Batches of the first one's size are replayed, others are not.
FusedModule::Work& FusedModule::workFor(std::optional<Work>& usual, std::optional<Work>& odd, int count,
                                        double labelSmoothing)
{
    if (!usual) {
        usual = work(count, labelSmoothing);
        usual->replay = m_session->replay();
    }
    if (usual->images == count && usual->labelSmoothing == labelSmoothing)
        return *usual;
    return odd.emplace(work(count, labelSmoothing));
}

Module::Pass FusedModule::trainOn(const BatchChoice& choice, const std::uint8_t* labels, double labelSmoothing)
{
    const BatchSource* set = resident(choice.source);
    return set ? train(fromDevice(*set, choice.items), labels, choice.count, labelSmoothing)
               : Module::trainOn(choice, labels, labelSmoothing);
}

std::vector<float> FusedModule::evaluateOn(const BatchChoice& choice)
{
    const BatchSource* set = resident(choice.source);
    return set ? classify(fromDevice(*set, choice.items), choice.count) : Module::evaluateOn(choice);
}

/// In parts, the gradient is the mean of the parts' gradients, weighted by their images. That is the whole batch's but
/// for batch normalisation, which takes each part's own statistics.
Module::Pass FusedModule::train(const Load& load, const std::uint8_t* labels, int batch, double labelSmoothing)
{
    return withinMemory([&] {
        const c10::NoGradGuard noGrad;
        const int most = (batch + m_parts - 1) / m_parts;
        const at::Tensor sum = most < batch ? at::zeros_like(m_state.gradients) : at::Tensor();
        Pass pass;
        for (int first = 0; first < batch; first += most) {
            const int count = std::min(most, batch - first);
            const double share = static_cast<double>(count) / batch;
            std::optional<Work> odd;
            Work& w = workFor(m_training, odd, count, labelSmoothing);
            load(w, first, count);
            m_session->copy(w.labels.data_ptr(), labels + first, w.labels.nbytes());
            w.run([&] { m_network.train(w.input, w.labels, w.labelSmoothing, w.result); });
            const std::vector<float> result = hostValues(w.result);
            pass.loss += share * result.back();
            pass.logits.insert(pass.logits.end(), result.begin(), result.end() - 1);
            if (sum.defined())
                sum.add_(m_state.gradients, share);
        }
        if (sum.defined())
            m_state.gradients.copy_(sum);
        return pass;
    });
}

void FusedModule::update(double rate, double momentum, double weightDecay)
{
    m_session->kernels().sgd({.count = m_state.values.numel(),
                              .values = m_state.values.data_ptr<float>(),
                              .gradients = m_state.gradients.data_ptr<float>(),
                              .velocity = m_state.momentum.data_ptr<float>(),
                              .rate = static_cast<float>(rate),
                              .momentum = static_cast<float>(momentum),
                              .weightDecay = static_cast<float>(weightDecay)},
                             {.stream = m_session->stream()});
}

std::vector<float> FusedModule::classify(const Load& load, int batch)
{
    return withinMemory([&] {
        const c10::NoGradGuard noGrad;
        const int most = (batch + m_parts - 1) / m_parts;
        std::vector<float> logits;
        for (int first = 0; first < batch; first += most) {
            const int count = std::min(most, batch - first);
            std::optional<Work> odd;
            Work& w = workFor(m_evaluation, odd, count, 0);
            load(w, first, count);
            w.run([&] { m_network.evaluate(w.input, w.result); });
            const std::vector<float> result = hostValues(w.result);
            logits.insert(logits.end(), result.begin(), result.end() - 1);
        }
        return logits;
    });
}

} // namespace

std::unique_ptr<Module> makeFusedModule(std::vector<Layer> layers, const std::vector<NamedArray>& state,
                                        const Device& device, std::unique_ptr<DeviceSession> session)
{
    return withinMemory(
        [&] { return std::make_unique<FusedModule>(std::move(layers), state, device, std::move(session)); });
}

} // namespace spacewright
