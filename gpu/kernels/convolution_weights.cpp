// The gradient of a wide convolution's weights: for each tap a product of transposed pixels, summed in registers over
// an image.
#include "gpu/kernels/convolution_border.h"
#include "gpu/kernels/lines_ahead.h"
#include "gpu/kernels/panels.h"

namespace spacewright::SPACEWRIGHT_SET {

namespace {

/// One tap of one group over an image: sums (outputs x inputs of the group) += dy^T x.
struct CorrelatePanels {
    const ConvolutionShape& s;
    const Geometry& g;
    const float* padded; ///< at the tap and the group
    const float* dy;     ///< at the group
    float* sums;

    template <class V, int Vectors, int Rows>
    ALWAYS_INLINE void tile(int top, int column, int last) const
    {
        V tile[Rows][Vectors]{};
        const std::ptrdiff_t step = static_cast<std::ptrdiff_t>(s.stride) * s.inputs;
        const float* left = dy + top;
        LineByLine ahead(g.outSize * g.outSize);
        for (int y = 0; y < g.outSize; ++y) {
            const float* right = padded + static_cast<std::ptrdiff_t>(y) * s.stride * g.side * s.inputs + column;
            for (int x = 0; x < g.outSize; ++x, left += s.outputs, right += step) {
                ahead.next();
                V values[Vectors];
                for (int v = 0; v + 1 < Vectors; ++v)
                    values[v] = load<V>(right + v * width<V>);
                values[Vectors - 1] = last == width<V> ? load<V>(right + (Vectors - 1) * width<V>)
                                                       : loadFirst<V>(right + (Vectors - 1) * width<V>, last);
                for (int r = 0; r < Rows; ++r) {
                    const V factor = all<V>(left[r]);
                    for (int v = 0; v < Vectors; ++v)
                        tile[r][v] += factor * values[v];
                }
            }
        }
        const int inputs = s.inputs / s.groups;
        addTile(tile, sums + top * inputs + column, inputs, last);
    }
    template <class V, int Vectors, int Rows>
    void tilesFrom(int top, int column, int last) const
    {
        for (; s.outputs / s.groups - top >= Rows; top += Rows)
            tile<V, Vectors, Rows>(top, column, last);
        if constexpr (Rows > 1)
            tilesFrom<V, Vectors, Rows / 2>(top, column, last);
    }
    template <class V, int Vectors>
    void panel(int column, int used) const
    {
        tilesFrom<V, Vectors, transposedRows(Vectors)>(0, column, used - (Vectors - 1) * width<V>);
    }
};

} // namespace

/// Sums per group, tap, output, input; then in the order of the weights.
void convolutionWeightGradient(const ConvolutionShape& s, const float* x, const float* dy, bool add, float* dweights,
                               float* scratch)
{
    const Geometry g(s, false);
    const int area = s.kernel * s.kernel, inputs = s.inputs / s.groups, outputs = s.outputs / s.groups;
    const std::size_t perTap = static_cast<std::size_t>(outputs) * inputs;
    float* sums = scratch + g.floats();
    std::fill_n(sums, perTap * area * s.groups, 0.0f);
    const Taps taps(s, g, false, 0, 0);
    for (int image = 0; image < s.batch; ++image) {
        addBorder(g, x, scratch);
        for (int group = 0; group < s.groups; ++group)
            for (int tap = 0; tap < area; ++tap)
                forPanels(inputs, CorrelatePanels{s, g, scratch + taps.offsets[tap] + group * inputs,
                                                  dy + group * outputs, sums + (group * area + tap) * perTap});
        x += static_cast<std::size_t>(s.size) * s.size * s.inputs;
        dy += static_cast<std::size_t>(g.outSize) * g.outSize * s.outputs;
    }
    for (int group = 0; group < s.groups; ++group)
        for (std::size_t pair = 0; pair < perTap; ++pair, dweights += area)
            for (int tap = 0; tap < area; ++tap)
                dweights[tap] = (add ? dweights[tap] : 0) + sums[(group * area + tap) * perTap + pair];
}

} // namespace spacewright::SPACEWRIGHT_SET
