// The backward half of a network's program: the pieces in reverse order.
#include "gpu/compiled/convolution.h"
#include "gpu/compiled/network_program.h"
#include "gpu/kernels/kernels.h"

namespace spacewright::compiled {

namespace {

std::int64_t floats(Images images, const Buffer& buffer)
{
    return static_cast<std::int64_t>(images.count) * static_cast<std::int64_t>(buffer.floats);
}

} // namespace

void NetworkProgram::backward(const Piece& piece)
{
    switch (piece.kind) {
    case Piece::Kind::convolution:
        return backwardConvolution(piece);
    case Piece::Kind::normalisation:
        return backwardNormalisation(piece);
    case Piece::Kind::maxPool:
        return backwardMaxPool(piece);
    case Piece::Kind::squeezeExcite:
        return backwardSqueezeExcite(piece);
    case Piece::Kind::head:
        return backwardHead(piece);
    }
}

/// A value of the forward pass, made once more where that needs no other pass over memory.
const Buffer& NetworkProgram::activation(int value)
{
    Value& v = m_values[value];
    if (v.again)
        return *v.again;
    if (v.producer < 0)
        return *v.buffer;
    const Piece& piece = m_pieces[v.producer];
    if (piece.kind == Piece::Kind::squeezeExcite) {
        const Buffer &x = activation(piece.input), &y = bufferFor(value);
        const SqueezeExcite& s = m_excites.at(value);
        m_program.add(excite(s, x, y), {&x, &y, s.factors});
        v.again = &y;
    } else if (piece.kind == Piece::Kind::normalisation && piece.skip < 0) {
        const Buffer& y = bufferFor(value);
        v.argument = piece.activation == Activation::silu ? &bufferFor(value) : nullptr;
        normaliseInto(piece, v.argument ? *v.argument : y, y);
        v.again = &y;
    } else {
        v.again = v.buffer;
    }
    return *v.again;
}

/// The sum over the value's readers, in one buffer.
const Buffer& NetworkProgram::gradient(int value)
{
    std::vector<const Buffer*>& gradients = m_values[value].gradients;
    while (gradients.size() > 1) {
        const Buffer &sum = *gradients.front(), &other = *gradients.back();
        m_program.add(
            [&](Images images) {
                float* total = sum.at(images.first);
                kernels().activation.add(floats(images, sum), total, other.at(images.first), total);
            },
            {&sum, &other});
        gradients.pop_back();
    }
    return *gradients.front();
}

void NetworkProgram::backwardConvolution(const Piece& piece)
{
    const Layer& layer = m_layers[piece.output];
    const auto& [norm, g] = m_pending.at(piece.output);
    const Buffer &output = *m_values[piece.output].buffer, &dy = bufferFor(piece.output);
    m_program.add(normGradient(*norm, *g, output, dy), {g, &output, &dy});
    const Buffer& x = activation(piece.input);
    m_program.add(convolutionWeightGradient(m_products, layer, x, dy, m_parameters.gradient(layer.name + ".weight")),
                  {&x, &dy});
    if (piece.input == 0)
        return;
    const Buffer& dx = bufferFor(piece.input);
    m_program.add(convolutionDataGradient(m_products, layer, weight(layer), dy, dx), {&dy, &dx});
    m_values[piece.input].gradients.push_back(&dx);
}

/// g, the gradient behind the activation, goes to the skip as it is and waits for the convolutions.
void NetworkProgram::backwardNormalisation(const Piece& piece)
{
    Value& out = m_values[piece.output];
    const NormWithSkip operands = this->operands(piece);
    const Buffer *dy = out.gradients.front(), *other = out.gradients.size() > 1 ? out.gradients[1] : nullptr;
    const Buffer *y = nullptr, *g = other ? dy : nullptr;
    if (piece.activation == Activation::relu) {
        y = &activation(piece.output);
        g = dy;
    } else if (piece.activation == Activation::silu) {
        dy = &gradient(piece.output);
        other = g = nullptr;
        activation(piece.output);
        if (!out.argument) {
            out.argument = &bufferFor(piece.output);
            m_program.add(normalise(operands, false, *out.argument), {operands.x, operands.skip, out.argument});
        }
        m_program.add(
            [dy, argument = out.argument](Images images) {
                float* gradient = dy->at(images.first);
                kernels().activation.siluBackward(floats(images, *dy), argument->at(images.first), gradient, gradient);
            },
            {dy, out.argument});
    }
    m_program.add(gatherGradient(operands, *dy, other, y, g),
                  {dy, other, y, operands.x, operands.skipNorm ? operands.skip : nullptr});
    m_program.addWhole(finishGradient(operands, area(piece.norm)), {});
    m_pending[piece.input] = {operands.norm, dy};
    if (operands.skipNorm)
        m_pending[piece.skip] = {operands.skipNorm, dy};
    else if (piece.skip >= 0)
        m_values[piece.skip].gradients.push_back(dy);
}

void NetworkProgram::backwardSqueezeExcite(const Piece& piece)
{
    const SqueezeExcite& s = m_excites.at(piece.output);
    const Buffer &x = activation(piece.input), &dy = gradient(piece.output);
    m_program.add(squeezeExciteGradient(s, m_parameters, x, dy), {&x, &dy, s.pooled, s.squeezed, s.active, s.factors});
    m_values[piece.input].gradients.push_back(&dy);
}

void NetworkProgram::backwardMaxPool(const Piece& piece)
{
    const Buffer &dy = gradient(piece.output), &dx = bufferFor(piece.input), &winner = *m_winners.at(piece.output);
    m_program.add(
        [this, &piece, &dy, &dx, &winner](Images images) {
            kernels().pool.maximumBackward(maxPoolShape(piece, images.count), dy.at(images.first),
                                           reinterpret_cast<const std::uint8_t*>(winner.at(images.first)),
                                           dx.at(images.first));
        },
        {&dy, &dx, &winner});
    m_values[piece.input].gradients.push_back(&dx);
}

void NetworkProgram::backwardHead(const Piece& piece)
{
    const Layer& linear = m_layers[piece.output];
    const int channels = linear.inWidth, area = this->area(piece.input);
    m_pooledGradient.resize(m_pooled.size());
    m_program.addWhole(
        [this, shape = LinearShape{0, channels, linear.outWidth}, values = weight(linear),
         gradient = m_parameters.gradient(linear.name + ".weight"),
         biasGradient = m_parameters.gradient(linear.name + ".bias")](Images images) mutable {
            m_loss = kernels().crossEntropy.forwardBackward(images.count, shape.outputs, m_logits.data(), m_labels,
                                                            m_labelSmoothing, m_logitsGradient.data());
            shape.batch = images.count;
            kernels().linear.backward(shape, {.x = m_pooled.data(),
                                              .weight = values,
                                              .dy = m_logitsGradient.data(),
                                              .dx = m_pooledGradient.data(),
                                              .dweight = gradient,
                                              .dbias = biasGradient});
        },
        {});
    const Buffer& dx = bufferFor(piece.input);
    m_program.add(
        [this, &dx, channels, area](Images images) {
            kernels().pool.averageBackward(images.count, area, channels,
                                           m_pooledGradient.data() + images.first * channels, dx.at(images.first));
        },
        {&dx});
    m_values[piece.input].gradients.push_back(&dx);
}

} // namespace spacewright::compiled
