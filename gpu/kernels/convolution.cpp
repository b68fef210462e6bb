// Each image gets a border of zeros; then an output row is a matrix product for every tap of the kernel, and a tile of
// its pixels stays in registers over all taps. The gradient of the input is such a convolution too: with a stride, one
// for every phase of the input's pixels, which meets its own part of the taps.
#include "gpu/kernels/convolution_border.h"
#include "gpu/kernels/lines_ahead.h"
#include "gpu/kernels/panels.h"

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
        LineByLine ahead(taps.count * g.inner);
        for (int tap = 0; tap < taps.count; ++tap) {
            const float* at = from + taps.offsets[tap];
            for (int i = 0; i < g.inner; ++i, weights += Vectors * width<V>) {
                ahead.next();
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

std::size_t scratch(const ConvolutionShape& s)
{
    const std::size_t weights = static_cast<std::size_t>(s.outputs) * (s.inputs / s.groups) * s.kernel * s.kernel;
    return std::max(Geometry(s, false).floats() + weights, Geometry(s, true).floats());
}

} // namespace

extern const ConvolutionKernels convolutionKernels;
const ConvolutionKernels convolutionKernels{packedFloats, pack,         scratch,
                                            forward,      backwardData, convolutionWeightGradient};

} // namespace spacewright::SPACEWRIGHT_SET
