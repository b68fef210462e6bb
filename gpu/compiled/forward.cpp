// The forward half of a network's program.
#include "gpu/compiled/convolution.h"
#include "gpu/compiled/network_program.h"
#include "gpu/kernels/kernels.h"

namespace spacewright::compiled {

NetworkProgram::NetworkProgram(const std::vector<Layer>& layers, Parameters& parameters, const ProductKernels& products,
                               Purpose purpose, int images)
    : m_layers(layers), m_pieces(fused(layers)), m_parameters(parameters), m_products(products),
      m_training(purpose == Purpose::training), m_images(images), m_values(layers.size()),
      m_logits(static_cast<std::size_t>(images) * layers.back().outWidth),
      m_logitsGradient(m_training ? m_logits.size() : 0)
{
    const Layer& input = layers.front();
    m_input.floats = static_cast<std::size_t>(input.outSize) * input.outSize * input.outWidth;
    m_values[0].buffer = &m_input;
    for (int i = 0; i < static_cast<int>(layers.size()); ++i)
        if (layers[i].op == Op::batchNorm) {
            Norm& norm = m_norms.try_emplace(i, layers[i], parameters).first->second;
            if (!m_training)
                m_program.addWhole(useRunningStatistics(norm), {});
        }
    const auto belongsTo = [this](const Piece& piece) { m_layerOf.resize(m_program.operations(), piece.output); };
    for (int i = 0; i < static_cast<int>(m_pieces.size()); ++i) {
        forward(i);
        belongsTo(m_pieces[i]);
    }
    if (m_training)
        for (auto piece = m_pieces.rbegin(); piece != m_pieces.rend(); ++piece) {
            backward(*piece);
            belongsTo(*piece);
        }
    m_program.plan(images);
}

void NetworkProgram::take(const float* images, const std::uint8_t* labels, double labelSmoothing)
{
    m_input.data = const_cast<float*>(images);
    m_labels = labels;
    m_labelSmoothing = labelSmoothing;
}

double NetworkProgram::run(const float* images, int batch, const std::uint8_t* labels, double labelSmoothing)
{
    take(images, labels, labelSmoothing);
    m_program.run(batch);
    return m_loss;
}

std::vector<double> NetworkProgram::timed(const float* images, int batch, const std::uint8_t* labels)
{
    take(images, labels, 0);
    std::vector<double> byOperation(m_layerOf.size()), byLayer(m_layers.size());
    m_program.run(batch, &byOperation);
    for (std::size_t i = 0; i < byOperation.size(); ++i)
        byLayer[m_layerOf[i]] += byOperation[i];
    return byLayer;
}

Buffer& NetworkProgram::bufferFor(int value)
{
    return m_program.buffer(static_cast<std::size_t>(area(value)) * m_layers[value].outWidth);
}

void NetworkProgram::forward(int number)
{
    const Piece& piece = m_pieces[number];
    Value& out = m_values[piece.output];
    out.producer = number;
    switch (piece.kind) {
    case Piece::Kind::convolution: {
        const Buffer &x = *m_values[piece.input].buffer, &y = bufferFor(piece.output);
        const Layer& layer = m_layers[piece.output];
        out.buffer = &y;
        m_program.add(convolve(m_products, layer, weight(layer), x, y), {&x, &y});
        if (m_training)
            m_program.add(gatherStatistics(m_norms.at(piece.output + 1), y), {&y});
        break;
    }
    case Piece::Kind::normalisation:
        forwardNormalisation(piece);
        break;
    case Piece::Kind::maxPool: {
        const Buffer &x = *m_values[piece.input].buffer, &y = bufferFor(piece.output);
        const Buffer& winner = m_program.buffer((y.floats + sizeof(float) - 1) / sizeof(float));
        out.buffer = &y;
        m_winners[piece.output] = &winner;
        m_program.add(
            [this, &piece, &x, &y, &winner](Images images) {
                kernels().pool.maximum(maxPoolShape(piece, images.count), x.at(images.first), y.at(images.first),
                                       reinterpret_cast<std::uint8_t*>(winner.at(images.first)));
            },
            {&x, &y, &winner});
        break;
    }
    case Piece::Kind::squeezeExcite: {
        const SqueezeExcite& s = m_excites[piece.output] = squeezeExcite(piece);
        const Buffer &x = *m_values[piece.input].buffer, &y = bufferFor(piece.output);
        out.buffer = &y;
        m_program.add(squeeze(s, m_parameters, x), {&x, s.pooled, s.squeezed, s.active, s.factors});
        m_program.add(excite(s, x, y), {&x, &y, s.factors});
        break;
    }
    case Piece::Kind::head:
        forwardHead(piece);
        break;
    }
}

NormWithSkip NetworkProgram::operands(const Piece& piece)
{
    return {.norm = &m_norms.at(piece.norm),
            .x = m_values[piece.input].buffer,
            .skip = piece.skip >= 0 ? m_values[piece.skip].buffer : nullptr,
            .skipNorm = piece.skipNorm >= 0 ? &m_norms.at(piece.skipNorm) : nullptr};
}

void NetworkProgram::forwardNormalisation(const Piece& piece)
{
    if (m_training)
        for (int norm : {piece.skipNorm, piece.norm})
            if (norm >= 0)
                m_program.addWhole(finishStatistics(m_norms.at(norm), area(norm)), {});
    const Buffer& y = bufferFor(piece.output);
    m_values[piece.output].buffer = &y;
    normaliseInto(piece, y, y);
}

/// With a SiLU its argument is written too; both may be the same buffer.
void NetworkProgram::normaliseInto(const Piece& piece, const Buffer& argument, const Buffer& output)
{
    const NormWithSkip operands = this->operands(piece);
    const bool silu = piece.activation == Activation::silu;
    m_program.add(normalise(operands, piece.activation == Activation::relu, silu ? argument : output),
                  {operands.x, operands.skip, silu ? &argument : &output});
    if (silu)
        m_program.add(
            [&argument, &output](Images images) {
                kernels().activation.silu(static_cast<std::int64_t>(images.count * output.floats),
                                          argument.at(images.first), output.at(images.first));
            },
            {&argument, &output});
}

SqueezeExcite NetworkProgram::squeezeExcite(const Piece& piece)
{
    const Layer *first = &m_layers[piece.firstLayer + 1], *second = first + 2;
    SqueezeExcite s{.area = area(piece.input),
                    .channels = first->inWidth,
                    .hidden = first->outWidth,
                    .silu = first[1].op == Op::silu,
                    .first = first->name,
                    .second = second->name};
    s.pooled = &m_program.buffer(s.channels);
    s.squeezed = &m_program.buffer(s.hidden);
    s.active = &m_program.buffer(s.hidden);
    s.factors = &m_program.buffer(s.channels);
    return s;
}

MaxPoolShape NetworkProgram::maxPoolShape(const Piece& piece, int images) const
{
    return {images, m_layers[piece.output].inSize, m_layers[piece.output].outWidth};
}

/// Pools piece by piece; what follows is a small matrix for the batch as a whole.
void NetworkProgram::forwardHead(const Piece& piece)
{
    const Buffer& x = *m_values[piece.input].buffer;
    const Layer& linear = m_layers[piece.output];
    const int channels = linear.inWidth, area = this->area(piece.input);
    m_pooled.resize(static_cast<std::size_t>(m_images) * channels);
    m_program.add(
        [this, &x, channels, area](Images images) {
            kernels().pool.average(images.count, area, channels, x.at(images.first),
                                   m_pooled.data() + images.first * channels);
        },
        {&x});
    m_program.addWhole(
        [this, shape = LinearShape{0, channels, linear.outWidth}, values = weight(linear),
         bias = m_parameters.value(linear.name + ".bias")](Images images) mutable {
            shape.batch = images.count;
            kernels().linear.forward(shape, m_pooled.data(), values, bias, m_logits.data());
        },
        {});
}

} // namespace spacewright::compiled
