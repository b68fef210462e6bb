// The backward half of a fused network: the pieces in reverse order. What a piece has used up is let go at once.
#include "gpu/fused/network.h"

namespace spacewright::fused {

void Network::backward(const Piece& piece, const at::Tensor& logitsGradient)
{
    switch (piece.kind) {
    case Piece::Kind::convolution:
        return backwardConvolution(piece);
    case Piece::Kind::normalisation:
        return backwardNormalisation(piece);
    case Piece::Kind::maxPool:
        return backwardMaxPool(piece);
    case Piece::Kind::squeezeExcite:
        return backwardExcite(piece);
    case Piece::Kind::head:
        return backwardHead(piece, logitsGradient);
    }
}

/// The sum over the value's readers.
at::Tensor Network::takeGradient(int value)
{
    std::vector<at::Tensor>& gradients = m_gradients[value];
    at::Tensor sum = gradients.front();
    for (std::size_t i = 1; i < gradients.size(); ++i)
        sum = sum.add(gradients[i]);
    gradients.clear();
    return sum;
}

/// First through the norm behind it, in place of the convolution's output.
void Network::backwardConvolution(const Piece& piece)
{
    const Layer& layer = m_layers[piece.output];
    const at::Tensor dy = std::move(m_values[piece.output]);
    {
        const auto pending = m_pending.extract(piece.output);
        pending.mapped().norm->gradient(pending.mapped().g, dy);
    }
    const bool first = piece.input == 0;
    const std::int64_t stride = layer.stride, padding = (layer.kernel - 1) / 2, one = 1, none = 0;
    const auto [dx, dweight, dbias] = at::convolution_backward(
        dy, m_values[piece.input], weight(layer), at::OptionalIntArrayRef(), {stride, stride}, {padding, padding},
        {one, one}, false, {none, none}, layer.groups, {!first, true, false});
    m_state.gradient(layer.name + ".weight").copy_(dweight);
    if (!first)
        m_gradients[piece.input].push_back(dx.contiguous(at::MemoryFormat::ChannelsLast));
}

/// g, the gradient behind the activation, goes to the skip as it is and waits for the convolutions. It takes the place
/// of dy: whoever shares that was before this in the list, so has had it already.
void Network::backwardNormalisation(const Piece& piece)
{
    const at::Tensor y = std::move(m_values[piece.output]), &x = m_values[piece.input];
    const bool relu = piece.activation == Activation::relu;
    at::Tensor dy, dyOther;
    if (auto& gradients = m_gradients[piece.output]; relu && gradients.size() == 2) {
        dy = std::move(gradients[0]);
        dyOther = std::move(gradients[1]);
        gradients.clear();
    } else {
        dy = takeGradient(piece.output);
    }
    if (piece.activation == Activation::silu)
        dy = at::silu_backward(dy, m_arguments.extract(piece.output).mapped());

    Norm& norm = m_norms.at(piece.norm);
    Norm* skipNorm = piece.skipNorm >= 0 ? &m_norms.at(piece.skipNorm) : nullptr;
    const at::Tensor skip = skipNorm ? m_values[piece.skip] : at::Tensor();
    const at::Tensor sums = norm.sums(x), products = norm.sums(x), skipProducts = norm.sums(x);
    m_session.kernels().gradientSums({.count = x.numel(),
                                      .period = norm.channels(),
                                      .dy = pointer(dy),
                                      .dyOther = pointer(dyOther),
                                      .y = relu ? pointer(y) : nullptr,
                                      .x = pointer(x),
                                      .mean = norm.mean(),
                                      .skip = pointer(skip),
                                      .skipMean = skipNorm ? skipNorm->mean() : nullptr,
                                      .g = relu ? pointer(dy) : nullptr,
                                      .sums = sums.data_ptr<double>(),
                                      .products = products.data_ptr<double>(),
                                      .skipProducts = skipProducts.data_ptr<double>()},
                                     launch(x));
    const std::int64_t rows = x.numel() / norm.channels();
    norm.finishGradient(sums, products, rows);
    m_pending.insert_or_assign(piece.input, Pending{&norm, dy});
    if (skipNorm) {
        skipNorm->finishGradient(sums, skipProducts, rows);
        m_pending.insert_or_assign(piece.skip, Pending{skipNorm, dy});
    } else if (piece.skip >= 0) {
        m_gradients[piece.skip].push_back(dy);
    }
}

void Network::backwardMaxPool(const Piece& piece)
{
    const Layer& layer = m_layers[piece.output];
    const std::int64_t kernel = layer.kernel, stride = layer.stride, padding = (layer.kernel - 1) / 2, one = 1;
    const at::Tensor dx = at::max_pool2d_with_indices_backward(
        takeGradient(piece.output), m_values[piece.input], {kernel, kernel}, {stride, stride}, {padding, padding},
        {one, one}, false, m_winners.extract(piece.output).mapped());
    m_values[piece.output].reset();
    m_gradients[piece.input].push_back(dx.contiguous(at::MemoryFormat::ChannelsLast));
}

/// Through the scaling and the average pool at once, in place of dy.
void Network::backwardExcite(const Piece& piece)
{
    const Excited e = std::move(m_excited.extract(piece.output).mapped());
    const at::Tensor &x = m_values[piece.input], dy = takeGradient(piece.output), dfactors = at::empty_like(e.factors);
    const Layer &first = m_layers[piece.firstLayer + 1], &second = m_layers[piece.firstLayer + 3];
    Excite call{.batch = static_cast<int>(x.size(0)),
                .area = static_cast<int>(x.size(2) * x.size(3)),
                .channels = static_cast<int>(x.size(1)),
                .x = pointer(x),
                .factors = pointer(e.factors)};
    m_session.kernels().factorGradient(call, pointer(dy), pointer(dfactors), launch(x));
    const at::Tensor dactive = linearBackward(second.name, e.active, at::sigmoid_backward(dfactors, e.factors));
    const bool silu = m_layers[piece.firstLayer + 2].op == Op::silu;
    const at::Tensor dsqueezed =
        silu ? at::silu_backward(dactive, e.squeezed) : at::threshold_backward(dactive, e.active, 0);
    const at::Tensor dpooled = linearBackward(first.name, e.pooled, dsqueezed);
    call.x = pointer(dy);
    m_session.kernels().scaleBackward(call, pointer(dpooled), pointer(dy), launch(x));
    m_values[piece.output].reset();
    m_gradients[piece.input].push_back(dy);
}

void Network::backwardHead(const Piece& piece, const at::Tensor& logitsGradient)
{
    const at::Tensor pooled = m_excited.extract(piece.output).mapped().pooled, &x = m_values[piece.input];
    const at::Tensor dpooled = linearBackward(m_layers[piece.output].name, pooled, logitsGradient);
    const at::Tensor share = dpooled.div(x.size(2) * x.size(3)).view({x.size(0), x.size(1), 1, 1});
    m_gradients[piece.input].push_back(at::empty_like(x).copy_(share.expand_as(x)));
}

/// Writes the layer's gradients; returns that of its input.
at::Tensor Network::linearBackward(const std::string& layer, const at::Tensor& x, const at::Tensor& dy) const
{
    const at::Tensor weightGradient = m_state.gradient(layer + ".weight");
    weightGradient.copy_(at::mm(dy.t(), x).view(weightGradient.sizes()));
    m_state.gradient(layer + ".bias").copy_(dy.sum(0));
    return at::mm(dy, matrix(layer));
}

} // namespace spacewright::fused
