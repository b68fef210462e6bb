// Narrow group convolutions, forward and backward data: a few pixels next to each other times one vector of channels
// stay in registers. A group never crosses a vector, so the input of lane l is a shuffle of the pixel's own vector.
#include "gpu/kernels/group_blocks.h"
#include "gpu/kernels/lines_ahead.h"

namespace spacewright::SPACEWRIGHT_SET {

namespace {

/// An image's rows from a vector of channels on.
struct Image {
    const float* from;
    float* to;
    int channels, fromSize, toSize;

    ALWAYS_INLINE const float* row(int y) const { return from + static_cast<std::ptrdiff_t>(y) * fromSize * channels; }
    ALWAYS_INLINE float* out(int y, int x) const
    {
        return to + (static_cast<std::ptrdiff_t>(y) * toSize + x) * channels;
    }
};

/// `Width` outputs of row y from column x on. Weights: per tap and input of the group a vector.
template <class V, int G, int Stride, int Width>
void correlateTile(const Image& image, const float* weights, int y, int x)
{
    constexpr int columns = (Width - 1) * Stride + 3, lanesHere = width<V>;
    V total[Width]{};
    const int first = x * Stride - 1; // input column of the window's left edge
    const bool left = first >= 0, right = first + columns <= image.fromSize;
    LineByLine ahead(3 * G);
    for (int ky = 0; ky < 3; ++ky) {
        const int row = y * Stride + ky - 1;
        if (row < 0 || row >= image.fromSize)
            continue;
        const float* in = image.row(row) + static_cast<std::ptrdiff_t>(first) * image.channels;
        unrolled<G>([&](auto i) __attribute__((always_inline)) {
            ahead.next();
            V w[3];
            unrolled<3>([&](auto kx) __attribute__((always_inline)) {
                w[kx] = load<V>(weights + ((ky * 3 + kx) * G + i) * lanesHere);
            });
            unrolled<columns>([&](auto column) __attribute__((always_inline)) {
                constexpr int j = decltype(column)::value;
                if ((j == 0 && !left) || (j == columns - 1 && !right))
                    return;
                const V v = inputOfGroup<V, G>(in + static_cast<std::ptrdiff_t>(j) * image.channels, i);
                unrolled<3>([&](auto kx) __attribute__((always_inline)) {
                    constexpr int p = j - decltype(kx)::value;
                    if constexpr (p >= 0 && p % Stride == 0 && p / Stride < Width)
                        total[p / Stride] += v * w[kx];
                });
            });
        });
    }
    unrolled<Width>([&](auto p) __attribute__((always_inline)) { store(image.out(y, x + p), total[p]); });
}

/// The transpose at stride 2: `Width` columns of dy, from x on, give twice as many of dx in row y. An even row or
/// column of dx hears the window's middle only, an odd one both outer places.
template <class V, int G, int Width>
void transposedTile(const Image& image, const float* weights, int y, int x)
{
    constexpr int lanesHere = width<V>;
    V even[Width]{}, odd[Width]{};
    const bool right = x + Width < image.fromSize;
    for (int ky = (y + 1) % 2; ky < 3; ky += 2) {
        const int row = (y + 1 - ky) / 2;
        if (row >= image.fromSize)
            continue;
        const float* in = image.row(row) + static_cast<std::ptrdiff_t>(x) * image.channels;
        unrolled<G>([&](auto i) __attribute__((always_inline)) {
            constexpr int tap = G * lanesHere;
            const float* w = weights + ky * 3 * tap + i * lanesHere;
            const V w0 = load<V>(w), w1 = load<V>(w + tap), w2 = load<V>(w + 2 * tap);
            unrolled<Width + 1>([&](auto column) __attribute__((always_inline)) {
                constexpr int j = decltype(column)::value;
                if (j == Width && !right)
                    return;
                const V v = inputOfGroup<V, G>(in + static_cast<std::ptrdiff_t>(j) * image.channels, i);
                if constexpr (j < Width) {
                    even[j] += v * w1;
                    odd[j] += v * w2;
                }
                if constexpr (j > 0)
                    odd[j - 1] += v * w0;
            });
        });
    }
    unrolled<Width>([&](auto p) __attribute__((always_inline)) {
        const int column = 2 * (x + p);
        store(image.out(y, column), even[p]);
        if (column + 1 < image.toSize)
            store(image.out(y, column + 1), odd[p]);
    });
}

/// A block's weights as the tiles read them, for the forward: vector (tap, i) holds each lane's weight of its input i.
template <class V>
void packForward(const GroupConvolutionShape& shape, const float* weight, int channel, float* to)
{
    for (int tap = 0; tap < taps; ++tap)
        for (int i = 0; i < shape.groupWidth; ++i)
            for (int l = 0; l < width<V>; ++l)
                *to++ = weight[((channel + l) * shape.groupWidth + i) * taps + tap];
}

/// For the backward: vector (tap, o) holds the weight from each lane (an input now) to output o of its group; at stride
/// 1 the backward is a forward with the window turned round.
template <class V>
void packBackward(const GroupConvolutionShape& shape, const float* weight, int channel, float* to)
{
    const int g = shape.groupWidth;
    for (int tap = 0; tap < taps; ++tap)
        for (int o = 0; o < g; ++o)
            for (int l = 0; l < width<V>; ++l) {
                const int input = channel + l, output = input / g * g + o;
                *to++ = weight[(output * g + input % g) * taps + (shape.stride == 1 ? taps - 1 - tap : tap)];
            }
}

/// All tiles of one image's rows [begin, end) and one block.
template <class V, int G, int Stride, bool Backward>
void convolveBlock(const Image& image, const float* weights, int begin, int end)
{
    for (int y = begin; y < end; ++y) {
        if constexpr (Backward && Stride == 2)
            forEachTile(
                image.fromSize, [&](auto w, int x) __attribute__((always_inline)) {
                    transposedTile<V, G, decltype(w)::value>(image, weights, y, x);
                });
        else
            forEachTile(
                image.toSize, [&](auto w, int x) __attribute__((always_inline)) {
                    correlateTile<V, G, Stride, decltype(w)::value>(image, weights, y, x);
                });
    }
}

template <int G, int Stride, bool Backward>
void convolve(const GroupConvolutionShape& shape, const float* from, const float* weight, float* to, float* scratch)
{
    scratch = alignedUp(scratch);
    float* packed = scratch;
    forEachBlock(shape.channels, [&](int channel, auto v) {
        using V = decltype(v);
        if constexpr (Backward)
            packBackward<V>(shape, weight, channel, packed);
        else
            packForward<V>(shape, weight, channel, packed);
        packed += taps * G * width<V>;
    });

    const int out = outputSize(shape), fromSize = Backward ? out : shape.size, toSize = Backward ? shape.size : out;
    // All blocks of a few rows before the next rows: so memory is read in its order, however wide a pixel is.
    const int rowsTogether = static_cast<int>(cachedBytes / sizeof(float)) / (shape.size * shape.channels) + 1;
    for (int n = 0; n < shape.batch; ++n) {
        for (int begin = 0; begin < toSize; begin += rowsTogether) {
            const int end = begin + rowsTogether < toSize ? begin + rowsTogether : toSize;
            const float* weights = scratch;
            forEachBlock(shape.channels, [&](int channel, auto v) {
                using V = decltype(v);
                const Image image{from + channel, to + channel, shape.channels, fromSize, toSize};
                convolveBlock<V, G, Stride, Backward>(image, weights, begin, end);
                weights += taps * G * width<V>;
            });
        }
        from += static_cast<std::ptrdiff_t>(fromSize) * fromSize * shape.channels;
        to += static_cast<std::ptrdiff_t>(toSize) * toSize * shape.channels;
    }
}

template <bool Backward>
void convolveAny(const GroupConvolutionShape& shape, const float* from, const float* weight, float* to, float* scratch)
{
    withGroupWidth(shape.groupWidth, [&](auto g) {
        if (shape.stride == 1)
            convolve<decltype(g)::value, 1, Backward>(shape, from, weight, to, scratch);
        else
            convolve<decltype(g)::value, 2, Backward>(shape, from, weight, to, scratch);
    });
}

bool supports(const GroupConvolutionShape& s)
{
    const bool narrow = s.groupWidth == 1 || s.groupWidth == 2 || s.groupWidth == 4 || s.groupWidth == 8;
    return narrow && s.channels >= 8 && s.channels % s.groupWidth == 0 && (s.stride == 1 || s.stride == 2);
}

/// Weights or their gradient, and a row of zeros.
std::size_t scratchFloats(const GroupConvolutionShape& shape)
{
    return alignment + blockTable(shape) + static_cast<std::size_t>(shape.size) * shape.channels;
}

} // namespace

extern const GroupConvolutionKernels groupConvolutionKernels;
const GroupConvolutionKernels groupConvolutionKernels{supports, scratchFloats, convolveAny<false>, convolveAny<true>,
                                                      groupBackwardWeights};

} // namespace spacewright::SPACEWRIGHT_SET
