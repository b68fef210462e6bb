// Narrow group convolutions, backward weights: the gradient of a vector of output channels stays in registers while a
// few images are run through, row by row.
#include "gpu/kernels/group_blocks.h"

namespace spacewright::SPACEWRIGHT_SET {

namespace {

constexpr int pixelsTogether = 256; // products in one float sum before it goes to memory

/// What is in registers at once: `Rows` rows of the window and `Inputs` of the group's G inputs, beginning with
/// `First`.
template <class V, int G, int Rows, int First, int Inputs>
struct WeightSums {
    V sums[Rows][3][Inputs]{};

    /// Adds the product of one pixel of x in each row with d[k], for every column k of the window that is named.
    template <int... Columns>
    ALWAYS_INLINE void add(const float* const (&rows)[Rows], std::ptrdiff_t pixel, const V (&d)[3])
    {
        unrolled<Rows>([&](auto row) __attribute__((always_inline)) {
            const V x = load<V>(rows[row] + pixel);
            unrolled<Inputs>([&](auto i) __attribute__((always_inline)) {
                const V v = spread<G, First + decltype(i)::value>(x);
                ((sums[row][Columns][i] += v * d[Columns]), ...);
            });
        });
    }

    /// One row of dy, `count` outputs, with the rows of x that its windows lie on (`width` pixels).
    template <int Stride>
    ALWAYS_INLINE void addRow(const float* const (&rows)[Rows], const float* dy, int count, int width, int channels)
    {
        V d[3]{load<V>(dy)}; // of the output whose window has this pixel in its left, middle, right column
        for (int x = 0; x < count; ++x) {
            d[2] = d[1];
            d[1] = d[0];
            d[0] = x + 1 < count ? load<V>(dy + static_cast<std::ptrdiff_t>(x + 1) * channels) : V{};
            const std::ptrdiff_t pixel = static_cast<std::ptrdiff_t>(x) * Stride * channels;
            if constexpr (Stride == 1) {
                add<0, 1, 2>(rows, pixel, d);
            } else {
                add<1>(rows, pixel, d);
                d[2] = d[1];
                if (2 * x + 1 < width)
                    add<0, 2>(rows, pixel + channels, d);
            }
        }
    }

    /// Adds the sums to a block's table (as `packForward` lays weights out), for the window's rows from `ky` on.
    void flush(float* table, int ky) const
    {
        for (int row = 0; row < Rows; ++row)
            for (int kx = 0; kx < 3; ++kx)
                for (int i = 0; i < Inputs; ++i) {
                    float* to = table + (((ky + row) * 3 + kx) * G + First + i) * width<V>;
                    store(to, load<V>(to) + sums[row][kx][i]);
                }
    }
};

/// The tensors from a vector of channels on.
struct Operands {
    const GroupConvolutionShape& shape;
    int out;
    const float *x, *dy, *zeros; ///< `zeros`: a row of x outside the image

    const float* row(int n, int y) const
    {
        if (y < 0 || y >= shape.size)
            return zeros;
        return x + (static_cast<std::ptrdiff_t>(n) * shape.size + y) * shape.size * shape.channels;
    }
};

/// The part of a block's gradient that fits the registers, over images [begin, end).
template <class V, int G, int Stride, int Rows, int First, int Inputs>
void addPart(const Operands& operands, int begin, int end, float* table)
{
    const GroupConvolutionShape& shape = operands.shape;
    for (int ky = 0; ky < 3; ky += Rows) {
        WeightSums<V, G, Rows, First, Inputs> sums;
        const float* dy =
            operands.dy + static_cast<std::ptrdiff_t>(begin) * operands.out * operands.out * shape.channels;
        for (int n = begin; n < end; ++n)
            for (int y = 0; y < operands.out; ++y, dy += static_cast<std::ptrdiff_t>(operands.out) * shape.channels) {
                const float* rows[Rows];
                for (int r = 0; r < Rows; ++r)
                    rows[r] = operands.row(n, y * Stride + ky + r - 1);
                sums.template addRow<Stride>(rows, dy, operands.out, shape.size, shape.channels);
            }
        sums.flush(table, ky);
    }
}

template <class V, int G, int Stride>
void addBlock(const Operands& operands, int begin, int end, float* table)
{
    // 32 registers hold 24 sums and what is on the way to them, 16 registers hold 12.
    constexpr int rows = G <= (lanes == 16 ? 2 : 1) ? 3 : 1, inputs = G < lanes / 2 ? G : lanes / 2;
    unrolled<G / inputs>([&](auto part) {
        addPart<V, G, Stride, rows, decltype(part)::value * inputs, inputs>(operands, begin, end, table);
    });
}

template <class V>
void unpack(const GroupConvolutionShape& shape, const float* table, int channel, float* dweight)
{
    for (int tap = 0; tap < taps; ++tap)
        for (int i = 0; i < shape.groupWidth; ++i)
            for (int l = 0; l < width<V>; ++l)
                dweight[((channel + l) * shape.groupWidth + i) * taps + tap] = *table++;
}

template <int G, int Stride>
void backward(const GroupConvolutionShape& shape, const float* x, const float* dy, float* dweight, float* scratch)
{
    const int out = outputSize(shape);
    const std::size_t tableFloats = blockTable(shape);
    float* zeros = scratch + tableFloats;
    std::memset(scratch, 0, sizeof(float) * (tableFloats + static_cast<std::size_t>(shape.size) * shape.channels));
    const int together = pixelsTogether / (out * out) > 1 ? pixelsTogether / (out * out) : 1;
    for (int begin = 0; begin < shape.batch; begin += together) {
        const int end = begin + together < shape.batch ? begin + together : shape.batch;
        float* table = scratch;
        forEachBlock(shape.channels, [&](int channel, auto v) {
            using V = decltype(v);
            addBlock<V, G, Stride>({shape, out, x + channel, dy + channel, zeros}, begin, end, table);
            table += taps * G * width<V>;
        });
    }
    const float* table = scratch;
    forEachBlock(shape.channels, [&](int channel, auto v) {
        using V = decltype(v);
        unpack<V>(shape, table, channel, dweight);
        table += taps * G * width<V>;
    });
}

} // namespace

void groupBackwardWeights(const GroupConvolutionShape& shape, const float* x, const float* dy, float* dweight,
                          float* scratch)
{
    withGroupWidth(shape.groupWidth, [&](auto g) {
        if (shape.stride == 1)
            backward<decltype(g)::value, 1>(shape, x, dy, dweight, scratch);
        else
            backward<decltype(g)::value, 2>(shape, x, dy, dweight, scratch);
    });
}

} // namespace spacewright::SPACEWRIGHT_SET
