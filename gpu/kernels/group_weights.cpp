// Narrow group convolutions, backward weights: the gradient of a vector of output channels stays in registers while
// some rows are run through.
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
            unrolled<Inputs>([&](auto i) __attribute__((always_inline)) {
                constexpr std::integral_constant<int, First + decltype(i)::value> input;
                const V v = inputOfGroup<V, G>(rows[row] + pixel, input);
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

    /// Adds the sums to a block's table (as `packForward` lays weights out), which begins at their first row and input.
    void flush(float* table) const
    {
        for (int row = 0; row < Rows; ++row)
            for (int kx = 0; kx < 3; ++kx)
                for (int i = 0; i < Inputs; ++i) {
                    float* to = table + ((row * 3 + kx) * G + i) * width<V>;
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

/// The part of a block's gradient that fits the registers, over rows [begin, end) of dy, counted through all images.
template <class V, int G, int Stride, int Rows, int First, int Inputs>
void addPart(const Operands& operands, int begin, int end, float* table)
{
    const GroupConvolutionShape& shape = operands.shape;
    const std::ptrdiff_t dyRow = static_cast<std::ptrdiff_t>(operands.out) * shape.channels;
    for (int ky = 0; ky < 3; ky += Rows) {
        WeightSums<V, G, Rows, First, Inputs> sums;
        for (int dy = begin; dy < end; ++dy) {
            const int y = dy % operands.out * Stride + ky - 1;
            const float* rows[Rows];
            for (int r = 0; r < Rows; ++r)
                rows[r] = operands.row(dy / operands.out, y + r);
            sums.template addRow<Stride>(rows, operands.dy + dy * dyRow, operands.out, shape.size, shape.channels);
        }
        sums.flush(table + (ky * 3 * G + First) * width<V>);
    }
}

template <class V, int G, int Stride>
void addBlock(const Operands& operands, int begin, int end, float* table)
{
    // 32 registers hold 24 sums and what is on the way to them, 16 registers hold 12.
    constexpr int most = lanes / 2, rows = G <= (lanes == 16 ? 2 : 1) ? 3 : 1, inputs = G < most ? G : most;
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

/// Rows of dy that are run through at once: they and their rows of x stay in the cache for all blocks.
int rowsTogether(const GroupConvolutionShape& shape, int out)
{
    const int cached = static_cast<int>(cachedBytes / sizeof(float)) / (shape.size * shape.channels);
    const int exact = pixelsTogether / out;
    const int rows = cached < exact ? cached : exact;
    return rows > 1 ? rows : 1;
}

template <int G, int Stride>
void backward(const GroupConvolutionShape& shape, const float* x, const float* dy, float* dweight, float* scratch)
{
    const int out = outputSize(shape), rows = shape.batch * out, together = rowsTogether(shape, out);
    const std::size_t tableFloats = blockTable(shape);
    scratch = alignedUp(scratch);
    float* zeros = scratch + tableFloats;
    std::memset(scratch, 0, sizeof(float) * (tableFloats + static_cast<std::size_t>(shape.size) * shape.channels));
    for (int begin = 0; begin < rows; begin += together) {
        const int end = begin + together < rows ? begin + together : rows;
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
