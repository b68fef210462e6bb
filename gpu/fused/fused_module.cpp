// Buffers that stay in their place, passes that can be replayed, and a batch in parts where memory is short.
#include "gpu/fused/fused_module.h"
#include "gpu/fused/network.h"
#include <c10/core/GradMode.h>
#include <cmath>
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

    Pass trainingPass(const float* images, const std::uint8_t* labels, int batch, double labelSmoothing) override;
    void update(double rate, double momentum, double weightDecay) override;
    std::vector<float> evaluate(const float* images, int batch) override;
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
        std::unique_ptr<Replay> replay; ///< none for the odd batch out
    };

    Work work(int images, double labelSmoothing) const;
    /// Batches of the first one's size are replayed, others are not.
    template <class Body>
    std::vector<float> run(std::optional<Work>& usual, const float* images, const std::uint8_t* labels, int count,
                           double labelSmoothing, Body body);
    std::int64_t floatsPerImage() const;
    int classes() const { return m_layers.back().outWidth; }

    const std::vector<Layer> m_layers;
    const std::unique_ptr<DeviceSession> m_session;
    const int m_parts;
    TorchState m_state;
    fused::Network m_network;
    std::optional<Work> m_training, m_evaluation;
};

std::int64_t FusedModule::floatsPerImage() const
{
    const Layer& input = m_layers.front();
    return std::int64_t{input.outWidth} * input.outSize * input.outSize;
}

FusedModule::Work FusedModule::work(int images, double labelSmoothing) const
{
    const std::int64_t channels = m_layers.front().outWidth, size = m_layers.front().outSize;
    const at::TensorOptions floats = m_state.values.options();
    return {images,
            labelSmoothing,
            at::empty({images, channels, size, size}, floats, at::MemoryFormat::ChannelsLast),
            at::empty({images}, floats.dtype(at::kByte)),
            at::empty({std::int64_t{images} * classes() + 1}, floats),
            nullptr};
}

template <class Body>
std::vector<float> FusedModule::run(std::optional<Work>& usual, const float* images, const std::uint8_t* labels,
                                    int count, double labelSmoothing, Body body)
{
    if (!usual) {
        usual = work(count, labelSmoothing);
        usual->replay = m_session->replay();
    }
    std::optional<Work> odd;
    if (usual->images != count || usual->labelSmoothing != labelSmoothing)
        odd = work(count, labelSmoothing);
    Work& now = odd ? *odd : *usual;
    m_session->copy(now.input.data_ptr(), images, now.input.nbytes());
    if (labels)
        m_session->copy(now.labels.data_ptr(), labels, now.labels.nbytes());
    if (now.replay)
        now.replay->run([&] { body(now); });
    else
        body(now);
    return hostValues(now.result);
}

/// In parts, the gradient is the mean of the parts' gradients, weighted by their images. That is the whole batch's but
/// for batch normalisation, which takes each part's own statistics.
Module::Pass FusedModule::trainingPass(const float* images, const std::uint8_t* labels, int batch,
                                       double labelSmoothing)
{
    return withinMemory([&] {
        const c10::NoGradGuard noGrad;
        const int most = (batch + m_parts - 1) / m_parts;
        const at::Tensor sum = most < batch ? at::zeros_like(m_state.gradients) : at::Tensor();
        Pass pass;
        for (int first = 0; first < batch; first += most) {
            const int count = std::min(most, batch - first);
            const double share = static_cast<double>(count) / batch;
            const std::vector<float> result =
                run(m_training, images + first * floatsPerImage(), labels + first, count, labelSmoothing,
                    [&](Work& w) { m_network.train(w.input, w.labels, w.labelSmoothing, w.result); });
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

std::vector<float> FusedModule::evaluate(const float* images, int batch)
{
    return withinMemory([&] {
        const c10::NoGradGuard noGrad;
        const int most = (batch + m_parts - 1) / m_parts;
        std::vector<float> logits;
        for (int first = 0; first < batch; first += most) {
            const std::vector<float> result =
                run(m_evaluation, images + first * floatsPerImage(), nullptr, std::min(most, batch - first), 0,
                    [&](Work& w) { m_network.evaluate(w.input, w.result); });
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
