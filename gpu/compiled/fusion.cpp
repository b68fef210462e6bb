// Walks the layer list once.
#include "gpu/compiled/fusion.h"
#include <stdexcept>

namespace spacewright::compiled {

namespace {

class Fusion {
public:
    explicit Fusion(const std::vector<Layer>& layers) : m_layers(layers), m_readers(layers.size())
    {
        for (int i = 0; i < count(); ++i)
            for (int read : {layers[i].input, layers[i].other})
                if (read >= 0)
                    m_readers[read].push_back(i);
    }

    std::vector<Piece> pieces()
    {
        for (int i = 1; i < count();)
            i = take(i);
        return std::move(m_pieces);
    }

private:
    int count() const { return static_cast<int>(m_layers.size()); }

    /// The only reader of a value; -1 when there are more.
    int reader(int value) const { return m_readers[value].size() == 1 ? m_readers[value][0] : -1; }
    bool is(int layer, Op op) const { return layer >= 0 && layer < count() && m_layers[layer].op == op; }

    /// Adds the piece that begins at layer `i`; returns the layer after it.
    int take(int i)
    {
        const Layer& layer = m_layers[i];
        Piece piece{.input = layer.input, .output = i};
        switch (layer.op) {
        case Op::conv:
            piece.kind = Piece::Kind::convolution;
            break;
        case Op::batchNorm:
            if (is(reader(i), Op::add) && m_layers[reader(i)].other == i)
                return i + 1; // a projection's: the addition takes it along
            piece = normalisation(i);
            break;
        case Op::maxPool:
            piece.kind = Piece::Kind::maxPool;
            break;
        case Op::globalPool:
            piece.firstLayer = i;
            piece.kind = is(i + 1, Op::linear) ? Piece::Kind::head : Piece::Kind::squeezeExcite;
            piece.output = i + (piece.kind == Piece::Kind::head ? 1 : 5);
            if (piece.kind == Piece::Kind::squeezeExcite && !is(piece.output, Op::scale))
                throw std::logic_error("a global pool before " + m_layers[i + 1].name);
            break;
        default:
            throw std::logic_error("the layer " + layer.name + " stands alone");
        }
        m_pieces.push_back(piece);
        return piece.output + 1;
    }

    Piece normalisation(int i) const
    {
        Piece piece{.kind = Piece::Kind::normalisation, .input = m_layers[i].input, .output = i, .norm = i};
        if (is(reader(i), Op::add) && reader(i) == i + 1) {
            piece.output = i + 1;
            piece.skip = m_layers[i + 1].other;
            if (is(piece.skip, Op::batchNorm) && reader(piece.skip) == i + 1) {
                piece.skipNorm = piece.skip;
                piece.skip = m_layers[piece.skip].input;
            }
        }
        const int next = reader(piece.output);
        if (next == piece.output + 1 && (is(next, Op::relu) || is(next, Op::silu))) {
            piece.activation = is(next, Op::relu) ? Activation::relu : Activation::silu;
            piece.output = next;
        }
        return piece;
    }

    const std::vector<Layer>& m_layers;
    std::vector<std::vector<int>> m_readers;
    std::vector<Piece> m_pieces;
};

} // namespace

std::vector<Piece> fused(const std::vector<Layer>& layers)
{
    return Fusion(layers).pieces();
}

} // namespace spacewright::compiled
