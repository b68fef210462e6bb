// Products whose factors are rounded to bfloat16: the processor multiplies them in pairs and adds to floats. A pair
// lies in the place of one float, the factor with the lower index first.
#include "gpu/kernels/lines_ahead.h"
#include "gpu/kernels/matrix.h"
#include "gpu/kernels/panels.h"

namespace spacewright::SPACEWRIGHT_SET {

namespace {

constexpr int innerTogether = 64;   // factors of a row that are rounded at once
constexpr int rowsTogether = 128;   // of a transposed product, before its sum goes to memory
constexpr int heightTogether = 128; // of its left-hand factors, which then stay in the first-level cache
constexpr int pairedRows = rowsTogether / 2;

/// 32 floats as 16 pairs, `first` before `second`.
ALWAYS_INLINE __m512i rounded(Vector first, Vector second)
{
    return reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(second, first));
}

/// Each lane's sum plus both products of its pairs.
template <class V>
ALWAYS_INLINE V addProducts(V sum, V a, V b)
{
    if constexpr (width<V> == 16)
        return _mm512_dpbf16_ps(sum, reinterpret_cast<__m512bh>(a), reinterpret_cast<__m512bh>(b));
    else
        return _mm256_dpbf16_ps(sum, reinterpret_cast<__m256bh>(a), reinterpret_cast<__m256bh>(b));
}

float pairOf(float first, float second)
{
    const __m128bh both = _mm_cvtneps_pbh(_mm_setr_ps(first, second, 0, 0));
    float pair;
    std::memcpy(&pair, &both, sizeof(pair));
    return pair;
}

std::size_t packedFloats(int inner, int columns)
{
    return static_cast<std::size_t>(paddedColumns(columns)) * ((inner + 1) / 2);
}

struct Pack {
    int inner;
    const MatrixView& from;
    float* to;

    float at(int row, int column) const
    {
        return row < inner ? from.data[row * from.rowStep + column * from.columnStep] : 0;
    }
    template <class V, int Vectors>
    void panel(int column, int used)
    {
        for (int row = 0; row < inner; row += 2, to += Vectors * width<V>) {
            for (int i = 0; i < used; ++i)
                to[i] = pairOf(at(row, column + i), at(row + 1, column + i));
            std::fill(to + used, to + Vectors * width<V>, 0.0f);
        }
    }
};

void pack(int inner, int columns, const MatrixView& from, float* packed)
{
    forPanels(columns, Pack{inner, from, packed});
}

/// `count` neighbours as pairs; writes whole vectors.
ALWAYS_INLINE void pairNeighbours(const float* from, int count, float* to)
{
    for (; count >= 2 * lanes; count -= 2 * lanes, from += 2 * lanes, to += lanes)
        store(to, reinterpret_cast<Vector>(rounded(load(from), load(from + lanes))));
    if (count > 0) {
        const int first = std::min(count, lanes);
        store(to, reinterpret_cast<Vector>(rounded(loadFirst(from, first), loadFirst(from + first, count - first))));
    }
}

struct BfloatTile {
    static constexpr int together = 2;

    template <class V, int Vectors, int Rows>
    static ALWAYS_INLINE void multiply(int inner, int columns, const float* a, const float* packed, float* c, int last)
    {
        V tile[Rows][Vectors]{};
        alignas(64) float pairs[Rows][innerTogether / 2];
        for (int from = 0; from < inner; from += innerTogether) {
            const int count = std::min(innerTogether, inner - from), steps = (count + 1) / 2;
            for (int row = 0; row < Rows; ++row)
                pairNeighbours(a + static_cast<std::int64_t>(row) * inner + from, count, pairs[row]);
            LineByLine ahead(2 * steps);
            for (int i = 0; i < steps; ++i, packed += Vectors * width<V>) {
                ahead.next();
                ahead.next();
                V b[Vectors];
                for (int v = 0; v < Vectors; ++v)
                    b[v] = load<V>(packed + v * width<V>);
                for (int row = 0; row < Rows; ++row) {
                    const V factor = all<V>(pairs[row][i]);
                    for (int v = 0; v < Vectors; ++v)
                        tile[row][v] = addProducts(tile[row][v], factor, b[v]);
                }
            }
        }
        storeTile(tile, c, columns, last);
    }
};

void multiply(std::int64_t rows, int inner, int columns, const float* a, const float* packed, float* c)
{
    forPanels(columns, MultiplyRows<BfloatTile>{rows, inner, columns, a, packed, c});
}

/// Pairs of rows one below the other: `count` columns of `rows` rows of `from`, `step` floats apart. The last row of an
/// odd number is paired with zeros. Writes whole vectors to rows `toStep` apart.
ALWAYS_INLINE void pairRows(const float* from, std::int64_t step, int rows, int count, float* to, int toStep)
{
    alignas(64) std::int16_t order[2 * lanes];
    for (int i = 0; i < 2 * lanes; ++i)
        order[i] = static_cast<std::int16_t>(i / 2 + i % 2 * lanes);
    const __m512i interleaved = _mm512_load_si512(order);
    for (int row = 0; row < rows; row += 2, from += 2 * step, to += toStep)
        for (int column = 0; column < count; column += lanes) {
            const int used = std::min(lanes, count - column);
            const Vector below = row + 1 < rows ? loadFirst(from + step + column, used) : Vector{};
            store(to + column, reinterpret_cast<Vector>(_mm512_permutexvar_epi16(
                                   interleaved, rounded(loadFirst(from + column, used), below))));
        }
}

/// c (height x columns) += left^T right over a few rows, `left` paired already.
struct MultiplyPairedRows {
    int rows, height, columns;
    const float *left, *right;
    bool add;
    float* c;

    template <class V, int Vectors, int Rows>
    ALWAYS_INLINE void tile(const float* pairs, int top, int column, int last) const
    {
        V tile[Rows][Vectors]{};
        const float* factors = left + top;
        const int steps = (rows + 1) / 2;
        LineByLine ahead(2 * steps);
        for (int i = 0; i < steps; ++i, factors += heightTogether, pairs += Vectors * width<V>) {
            ahead.next();
            ahead.next();
            V values[Vectors];
            for (int v = 0; v < Vectors; ++v)
                values[v] = load<V>(pairs + v * width<V>);
            for (int r = 0; r < Rows; ++r) {
                const V factor = all<V>(factors[r]);
                for (int v = 0; v < Vectors; ++v)
                    tile[r][v] = addProducts(tile[r][v], factor, values[v]);
            }
        }
        float* target = c + static_cast<std::int64_t>(top) * columns + column;
        add ? addTile(tile, target, columns, last) : storeTile(tile, target, columns, last);
    }
    /// Tiles of `Rows` rows, then of half as many, down to one.
    template <class V, int Vectors, int Rows>
    void tilesFrom(const float* pairs, int top, int column, int last) const
    {
        for (; height - top >= Rows; top += Rows)
            tile<V, Vectors, Rows>(pairs, top, column, last);
        if constexpr (Rows > 1)
            tilesFrom<V, Vectors, Rows / 2>(pairs, top, column, last);
    }

    template <class V, int Vectors>
    void panel(int column, int used) const
    {
        constexpr int panelWidth = Vectors * width<V>;
        alignas(64) float pairs[pairedRows * panelWidth + lanes];
        pairRows(right + column, columns, rows, used, pairs, panelWidth);
        tilesFrom<V, Vectors, transposedRows(Vectors)>(pairs, 0, column, used - (Vectors - 1) * width<V>);
    }
};

void multiplyTransposed(std::int64_t rows, int height, int columns, const float* a, const float* b, bool add, float* c)
{
    alignas(64) float left[pairedRows * heightTogether];
    for (std::int64_t row = 0; row < rows; row += rowsTogether, add = true) {
        const int count = static_cast<int>(std::min<std::int64_t>(rowsTogether, rows - row));
        for (int top = 0; top < height; top += heightTogether) {
            const int part = std::min(heightTogether, height - top);
            pairRows(a + row * height + top, height, count, part, left, heightTogether);
            forPanels(columns, MultiplyPairedRows{count, part, columns, left, b + row * columns, add,
                                                  c + static_cast<std::int64_t>(top) * columns});
        }
    }
}

} // namespace

extern const MatrixKernels bfloatMatrixKernels;
const MatrixKernels bfloatMatrixKernels{packedFloats, pack, multiply, multiplyTransposed};

} // namespace spacewright::SPACEWRIGHT_SET
