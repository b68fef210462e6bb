// The forward half of a fused network.
#include "gpu/fused/network.h"
#include <algorithm>

namespace spacewright::fused {

namespace {

int lastReaderOf(int value, const std::vector<compiled::Piece>& pieces)
{
    for (int i = static_cast<int>(pieces.size()) - 1; i >= 0; --i)
        if (pieces[i].input == value || pieces[i].skip == value)
            return i;
    return -1;
}

} // namespace

Network::Network(const std::vector<Layer>& layers, const TorchState& state, const DeviceSession& session, bool bf16,
                 double momentum)
    : m_layers(layers), m_pieces(compiled::fused(layers)), m_state(state), m_session(session), m_bf16(bf16),
      m_weights(layers.size()), m_values(layers.size()), m_gradients(layers.size())
{
    if (bf16)
        m_halfValues = at::empty_like(state.values, at::kBFloat16);
    for (int i = 0; i < static_cast<int>(layers.size()); ++i) {
        m_lastReader.push_back(lastReaderOf(i, m_pieces));
        if (layers[i].op == Op::batchNorm)
            m_norms.try_emplace(i, layers[i], state, session, momentum);
        if (layers[i].op == Op::conv)
            m_weights[i] = state.view(bf16 ? m_halfValues : state.values, layers[i].name + ".weight");
    }
}

void Network::train(const at::Tensor& images, const at::Tensor& labels, double labelSmoothing, const at::Tensor& result)
{
    for (std::vector<at::Tensor>& gradients : m_gradients)
        gradients.clear(); // of a pass that failed
    const at::Tensor logits = forward(images, true), gradient = at::empty_like(logits);
    result.narrow(0, 0, logits.numel()).copy_(logits.flatten());
    m_session.kernels().crossEntropy({.batch = static_cast<int>(logits.size(0)),
                                      .classes = static_cast<int>(logits.size(1)),
                                      .logits = pointer(logits),
                                      .labels = labels.data_ptr<std::uint8_t>(),
                                      .labelSmoothing = labelSmoothing,
                                      .gradient = pointer(gradient),
                                      .loss = pointer(result) + logits.numel()},
                                     launch(logits));
    for (auto piece = m_pieces.rbegin(); piece != m_pieces.rend(); ++piece)
        backward(*piece, gradient);
    m_values[0].reset();
}

void Network::evaluate(const at::Tensor& images, const at::Tensor& result)
{
    const at::Tensor logits = forward(images, false);
    result.narrow(0, 0, logits.numel()).copy_(logits.flatten());
    m_excited.clear();
}

at::Tensor Network::forward(const at::Tensor& images, bool training)
{
    if (m_bf16)
        m_halfValues.copy_(m_state.values);
    if (!training)
        for (auto& [layer, norm] : m_norms)
            norm.useRunningStatistics();
    m_values[0] = m_bf16 ? images.to(at::kBFloat16) : images;
    at::Tensor output;
    for (int i = 0; i < static_cast<int>(m_pieces.size()); ++i) {
        output = m_values[m_pieces[i].output] = forward(m_pieces[i], training);
        if (!training)
            for (int read : {m_pieces[i].input, m_pieces[i].skip})
                if (read >= 0 && m_lastReader[read] == i)
                    m_values[read].reset();
    }
    m_values[m_pieces.back().output].reset();
    return output;
}

at::Tensor Network::forward(const Piece& piece, bool training)
{
    const at::Tensor& x = m_values[piece.input];
    const Layer& layer = m_layers[piece.output];
    switch (piece.kind) {
    case Piece::Kind::convolution:
        return convolve(layer, x);
    case Piece::Kind::normalisation:
        return normalise(piece, training);
    case Piece::Kind::maxPool: {
        const int padding = (layer.kernel - 1) / 2;
        const auto [largest, winners] = at::max_pool2d_with_indices(x, layer.kernel, layer.stride, padding);
        if (training)
            m_winners[piece.output] = winners;
        return largest.contiguous(at::MemoryFormat::ChannelsLast);
    }
    case Piece::Kind::squeezeExcite:
        return excite(piece);
    case Piece::Kind::head:
        return classify(piece);
    }
    return {};
}

/// Channels last even where a library prefers another order.
at::Tensor Network::convolve(const Layer& layer, const at::Tensor& x) const
{
    const int padding = (layer.kernel - 1) / 2;
    return at::conv2d(x, weight(layer), {}, layer.stride, padding, 1, layer.groups)
        .contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor Network::normalise(const Piece& piece, bool training)
{
    const at::Tensor &x = m_values[piece.input], skip = piece.skip >= 0 ? m_values[piece.skip] : at::Tensor();
    Norm& norm = m_norms.at(piece.norm);
    Norm* skipNorm = piece.skipNorm >= 0 ? &m_norms.at(piece.skipNorm) : nullptr;
    if (training) {
        norm.useBatch(x);
        if (skipNorm)
            skipNorm->useBatch(skip);
    }
    const at::Tensor y = at::empty_like(x);
    m_session.kernels().normalise({.count = x.numel(),
                                   .period = norm.channels(),
                                   .x = pointer(x),
                                   .scale = norm.scale(),
                                   .offset = norm.offset(),
                                   .skip = pointer(skip),
                                   .skipScale = skipNorm ? skipNorm->scale() : nullptr,
                                   .skipOffset = skipNorm ? skipNorm->offset() : nullptr,
                                   .relu = piece.activation == Activation::relu,
                                   .y = pointer(y)},
                                  launch(x));
    if (piece.activation != Activation::silu)
        return y;
    if (training)
        m_arguments[piece.output] = y;
    return at::silu(y);
}

/// Global pool, two small layers in float, and the scaling.
at::Tensor Network::excite(const Piece& piece)
{
    const at::Tensor& x = m_values[piece.input];
    const Layer &first = m_layers[piece.firstLayer + 1], &second = m_layers[piece.firstLayer + 3];
    const bool silu = m_layers[piece.firstLayer + 2].op == Op::silu;
    Excited e;
    e.pooled = at::mean(x, {2, 3}, false, at::kFloat);
    e.squeezed = at::addmm(m_state.value(first.name + ".bias"), e.pooled, matrix(first.name).t());
    e.active = silu ? at::silu(e.squeezed) : at::relu(e.squeezed);
    e.factors = at::sigmoid(at::addmm(m_state.value(second.name + ".bias"), e.active, matrix(second.name).t()));
    const at::Tensor y = at::empty_like(x);
    m_session.kernels().scale({.batch = static_cast<int>(x.size(0)),
                               .area = static_cast<int>(x.size(2) * x.size(3)),
                               .channels = static_cast<int>(x.size(1)),
                               .x = pointer(x),
                               .factors = pointer(e.factors)},
                              pointer(y), launch(x));
    m_excited[piece.output] = std::move(e);
    return y;
}

at::Tensor Network::classify(const Piece& piece)
{
    const std::string& linear = m_layers[piece.output].name;
    const at::Tensor pooled = at::mean(m_values[piece.input], {2, 3}, false, at::kFloat);
    m_excited[piece.output].pooled = pooled;
    return at::addmm(m_state.value(linear + ".bias"), pooled, matrix(linear).t());
}

const at::Tensor& Network::weight(const Layer& layer) const
{
    return m_weights[&layer - m_layers.data()];
}

at::Tensor Network::matrix(const std::string& layer) const
{
    return m_state.value(layer + ".weight").flatten(1);
}

Launch Network::launch(const at::Tensor& activations) const
{
    return {m_session.stream(), activations.scalar_type() == at::kBFloat16};
}

} // namespace spacewright::fused
