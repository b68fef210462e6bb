// Each image gets a border of zeros; then an output row is a matrix product for every tap of the kernel, and a tile of
// its pixels stays in registers over all taps. The gradient of the input is such a convolution too: with a stride, one
// for every phase of the input's pixels, which meets its own part of the taps.
#include "gpu/kernels/convolution.h"
#include "gpu/kernels/panels.h"
#include <cstring>

namespace spacewright::SPACEWRIGHT_SET {

namespace {

/// Pixels of a tile, to be halved (7 and 14 are the commonest image sizes) down to one.
constexpr int tilePixels(int vectors)
{
    return lanes == 16 && vectors == 1 ? 14 : lanes == 16 && vectors <= 3 ? 7 : 4;
}

constexpr int halved(int pixels)
{
    return (pixels + 1) / 2;
}

/// Where one image and its border lie in the scratch, and how the convolution reads them.
struct Geometry {
    int pad, outSize, groups;
    int inner, columns;   ///< channels per group that are summed over, and that come out
    int source, target;   ///< channels of the padded image and of the result
    int sourceSize, side; ///< of the padded image without and with the border
    int phases;           ///< along each axis

    Geometry(const ConvolutionShape& s, bool backward)
        : pad((s.kernel - 1) / 2), outSize((s.size - 1) / s.stride + 1), groups(s.groups),
          inner((backward ? s.outputs : s.inputs) / s.groups), columns((backward ? s.inputs : s.outputs) / s.groups),
          source(backward ? s.outputs : s.inputs), target(backward ? s.inputs : s.outputs),
          sourceSize(backward ? outSize : s.size), side(sourceSize + 2 * pad), phases(backward ? s.stride : 1)
    {
    }
    std::size_t floats() const { return static_cast<std::size_t>(side) * side * source; }
};

/// The taps that a phase's pixels meet: places in the kernel, and offsets in the padded image.
struct Taps {
    int count = 0;
    int places[49];
    std::ptrdiff_t offsets[49];

    Taps(const ConvolutionShape& s, const Geometry& g, bool backward, int phaseY, int phaseX)
    {
        for (int y = 0; y < s.kernel; ++y)
            for (int x = 0; x < s.kernel; ++x) {
                int row = y, column = x;
                if (backward) {
                    row = phaseY + g.pad - y;
                    column = phaseX + g.pad - x;
                    if (row % s.stride != 0 || column % s.stride != 0)
                        continue;
                    row = row / s.stride + g.pad;
                    column = column / s.stride + g.pad;
                }
                places[count] = y * s.kernel + x;
                offsets[count++] = (static_cast<std::ptrdiff_t>(row) * g.side + column) * g.source;
            }
    }
};

template <class Visit>
void forPhases(const ConvolutionShape& s, const Geometry& g, bool backward, Visit visit)
{
    for (int y = 0; y < g.phases; ++y)
        for (int x = 0; x < g.phases; ++x)
            visit(y, x, Taps(s, g, backward, y, x));
}

std::size_t packedFloats(const ConvolutionShape& s, bool backward)
{
    const Geometry g(s, backward);
    return static_cast<std::size_t>(s.kernel) * s.kernel * g.groups * g.inner * paddedColumns(g.columns);
}

struct PackTaps {
    const ConvolutionShape& s;
    const Geometry& g;
    const Taps& taps;
    bool backward;
    const float* weights; ///< of the group
    float*& to;

    template <class V, int Vectors>
    void panel(int column, int used)
    {
        const int area = s.kernel * s.kernel, fan = s.inputs / s.groups * area;
        for (int tap = 0; tap < taps.count; ++tap)
            for (int i = 0; i < g.inner; ++i, to += Vectors * width<V>) {
                for (int c = 0; c < used; ++c) {
                    const int out = backward ? i : column + c, in = backward ? column + c : i;
                    to[c] = weights[out * fan + in * area + taps.places[tap]];
                }
                std::fill(to + used, to + Vectors * width<V>, 0.0f);
            }
    }
};

void pack(const ConvolutionShape& s, bool backward, const float* weights, float* packed)
{
    const Geometry g(s, backward);
    const std::size_t perGroup =
        static_cast<std::size_t>(s.outputs / s.groups) * (s.inputs / s.groups) * s.kernel * s.kernel;
    forPhases(s, g, backward, [&](int, int, const Taps& taps) {
        for (int group = 0; group < g.groups; ++group)
            forPanels(g.columns, PackTaps{s, g, taps, backward, weights + group * perGroup, packed});
    });
}

/// One image into the middle of zeros.
void addBorder(const Geometry& g, const float* image, float* padded)
{
    const std::size_t border = static_cast<std::size_t>(g.pad) * g.source, row = g.sourceSize * g.source;
    std::fill_n(padded, border * g.side, 0.0f);
    padded += border * g.side;
    for (int y = 0; y < g.sourceSize; ++y, image += row) {
        std::fill_n(padded, border, 0.0f);
        std::memcpy(padded + border, image, row * sizeof(float));
        std::fill_n(padded + border + row, border, 0.0f);
        padded += row + 2 * border;
    }
    std::fill_n(padded, border * g.side, 0.0f);
}

/// One phase of one group of an image.
struct ConvolvePanels {
    const Geometry& g;
    const Taps& taps;
    int rows, pixels;                      ///< of the phase
    std::ptrdiff_t sourceRow, sourcePixel; ///< steps in the padded image
    std::ptrdiff_t targetRow, targetPixel; ///< and in the result
    const float* source;
    float* target;
    const float*& packed;

    template <class V, int Vectors, int Pixels>
    ALWAYS_INLINE void tile(const float* from, float* to, int last) const
    {
        V tile[Pixels][Vectors]{};
        const float* weights = packed;
        for (int tap = 0; tap < taps.count; ++tap) {
            const float* at = from + taps.offsets[tap];
            for (int i = 0; i < g.inner; ++i, weights += Vectors * width<V>) {
                V b[Vectors];
                for (int v = 0; v < Vectors; ++v)
                    b[v] = load<V>(weights + v * width<V>);
                for (int pixel = 0; pixel < Pixels; ++pixel) {
                    const V factor = all<V>(at[pixel * sourcePixel + i]);
                    for (int v = 0; v < Vectors; ++v)
                        tile[pixel][v] += factor * b[v];
                }
            }
        }
        storeTile(tile, to, targetPixel, last);
    }
    template <class V, int Vectors, int Pixels>
    void row(int pixel, const float* from, float* to, int last) const
    {
        for (; pixels - pixel >= Pixels; pixel += Pixels)
            tile<V, Vectors, Pixels>(from + pixel * sourcePixel, to + pixel * targetPixel, last);
        if constexpr (Pixels > 1)
            row<V, Vectors, halved(Pixels)>(pixel, from, to, last);
    }
    template <class V, int Vectors>
    void panel(int column, int used) const
    {
        for (int y = 0; y < rows; ++y)
            row<V, Vectors, tilePixels(Vectors)>(0, source + y * sourceRow, target + y * targetRow + column,
                                                 used - (Vectors - 1) * width<V>);
        packed += static_cast<std::size_t>(taps.count) * g.inner * Vectors * width<V>;
    }
};

/// Of the padded image, to `target`: y or dx.
void convolveImage(const ConvolutionShape& s, const Geometry& g, bool backward, const float* padded,
                   const float* packed, float* target)
{
    const int size = backward ? s.size : g.outSize, read = backward ? 1 : s.stride;
    forPhases(s, g, backward, [&](int phaseY, int phaseX, const Taps& taps) {
        for (int group = 0; group < g.groups; ++group)
            forPanels(g.columns,
                      ConvolvePanels{.g = g,
                                     .taps = taps,
                                     .rows = (size - phaseY + g.phases - 1) / g.phases,
                                     .pixels = (size - phaseX + g.phases - 1) / g.phases,
                                     .sourceRow = static_cast<std::ptrdiff_t>(read) * g.side * g.source,
                                     .sourcePixel = static_cast<std::ptrdiff_t>(read) * g.source,
                                     .targetRow = static_cast<std::ptrdiff_t>(g.phases) * size * g.target,
                                     .targetPixel = static_cast<std::ptrdiff_t>(g.phases) * g.target,
                                     .source = padded + group * g.inner,
                                     .target = target +
                                               (static_cast<std::ptrdiff_t>(phaseY) * size + phaseX) * g.target +
                                               group * g.columns,
                                     .packed = packed});
    });
}

void convolveImages(const ConvolutionShape& s, bool backward, const float* from, const float* packed, float* to,
                    float* scratch)
{
    const Geometry g(s, backward);
    const int size = backward ? s.size : g.outSize;
    for (int image = 0; image < s.batch; ++image) {
        addBorder(g, from, scratch);
        convolveImage(s, g, backward, scratch, packed, to);
        from += static_cast<std::size_t>(g.sourceSize) * g.sourceSize * g.source;
        to += static_cast<std::size_t>(size) * size * g.target;
    }
}

void forward(const ConvolutionShape& s, const float* x, const float* packed, float* y, float* scratch)
{
    convolveImages(s, false, x, packed, y, scratch);
}

void backwardData(const ConvolutionShape& s, const float* dy, const float* packed, float* dx, float* scratch)
{
    convolveImages(s, true, dy, packed, dx, scratch);
}

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
        for (int y = 0; y < g.outSize; ++y) {
            const float* right = padded + static_cast<std::ptrdiff_t>(y) * s.stride * g.side * s.inputs + column;
            for (int x = 0; x < g.outSize; ++x, left += s.outputs, right += step) {
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

/// Sums per group, tap, output, input; then in the order of the weights.
void backwardWeights(const ConvolutionShape& s, const float* x, const float* dy, bool add, float* dweights,
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

std::size_t scratch(const ConvolutionShape& s)
{
    const std::size_t weights = static_cast<std::size_t>(s.outputs) * (s.inputs / s.groups) * s.kernel * s.kernel;
    return std::max(Geometry(s, false).floats() + weights, Geometry(s, true).floats());
}

} // namespace

extern const ConvolutionKernels convolutionKernels;
const ConvolutionKernels convolutionKernels{packedFloats, pack, scratch, forward, backwardData, backwardWeights};

} // namespace spacewright::SPACEWRIGHT_SET
