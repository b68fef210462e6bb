// Tiles of the result stay in registers. The columns fall into panels of a few vectors; a panel of the right-hand
// matrix lies in one piece, so that it is read straight through for every few rows of the left-hand one.
#include "gpu/kernels/matrix.h"
#include "gpu/kernels/lines_ahead.h"
#include "gpu/kernels/panels.h"

namespace spacewright::SPACEWRIGHT_SET {

namespace {

constexpr std::int64_t rowsInRegisters = 128; // that multiplyTransposed adds up before the sum goes to memory

std::size_t packedFloats(int inner, int columns)
{
    return static_cast<std::size_t>(paddedColumns(columns)) * inner;
}

struct Pack {
    int inner;
    const MatrixView& from;
    float* to;

    template <class V, int Vectors>
    void panel(int column, int used)
    {
        for (int row = 0; row < inner; ++row, to += Vectors * width<V>) {
            const float* source = from.data + row * from.rowStep + column * from.columnStep;
            for (int i = 0; i < used; ++i)
                to[i] = source[i * from.columnStep];
            std::fill(to + used, to + Vectors * width<V>, 0.0f);
        }
    }
};

void pack(int inner, int columns, const MatrixView& from, float* packed)
{
    forPanels(columns, Pack{inner, from, packed});
}

struct FloatTile {
    static constexpr int together = 1;

    template <class V, int Vectors, int Rows>
    static ALWAYS_INLINE void multiply(int inner, int columns, const float* a, const float* packed, float* c, int last)
    {
        V tile[Rows][Vectors]{};
        LineByLine ahead(inner);
        for (int i = 0; i < inner; ++i, packed += Vectors * width<V>) {
            ahead.next();
            V b[Vectors];
            for (int v = 0; v < Vectors; ++v)
                b[v] = load<V>(packed + v * width<V>);
            for (int row = 0; row < Rows; ++row) {
                const V factor = all<V>(a[static_cast<std::int64_t>(row) * inner + i]);
                for (int v = 0; v < Vectors; ++v)
                    tile[row][v] += factor * b[v];
            }
        }
        storeTile(tile, c, columns, last);
    }
};

void multiply(std::int64_t rows, int inner, int columns, const float* a, const float* packed, float* c)
{
    forPanels(columns, MultiplyRows<FloatTile>{rows, inner, columns, a, packed, c});
}

struct MultiplyTransposed {
    std::int64_t rows;
    int height, columns;
    const float *a, *b;
    bool add;
    float* c;

    template <class V, int Vectors, int Rows>
    ALWAYS_INLINE void tile(int top, int column, int last) const
    {
        V tile[Rows][Vectors]{};
        const float *left = a + top, *right = b + column;
        const bool whole = last == width<V>;
        LineByLine ahead(static_cast<int>(rows));
        for (std::int64_t row = 0; row < rows; ++row, left += height, right += columns) {
            ahead.next();
            V values[Vectors];
            for (int v = 0; v + 1 < Vectors; ++v)
                values[v] = load<V>(right + v * width<V>);
            values[Vectors - 1] = whole ? load<V>(right + (Vectors - 1) * width<V>)
                                        : loadFirst<V>(right + (Vectors - 1) * width<V>, last);
            for (int r = 0; r < Rows; ++r) {
                const V factor = all<V>(left[r]);
                for (int v = 0; v < Vectors; ++v)
                    tile[r][v] += factor * values[v];
            }
        }
        float* target = c + static_cast<std::int64_t>(top) * columns + column;
        add ? addTile(tile, target, columns, last) : storeTile(tile, target, columns, last);
    }

    /// Tiles of `Rows` rows, then of half as many, down to one.
    template <class V, int Vectors, int Rows>
    void tilesFrom(int top, int column, int last) const
    {
        for (; height - top >= Rows; top += Rows)
            tile<V, Vectors, Rows>(top, column, last);
        if constexpr (Rows > 1)
            tilesFrom<V, Vectors, Rows / 2>(top, column, last);
    }

    template <class V, int Vectors>
    void panel(int column, int used)
    {
        tilesFrom<V, Vectors, transposedRows(Vectors)>(0, column, used - (Vectors - 1) * width<V>);
    }
};

void multiplyTransposed(std::int64_t rows, int height, int columns, const float* a, const float* b, bool add, float* c)
{
    for (std::int64_t row = 0; row < rows; row += rowsInRegisters, add = true)
        forPanels(columns, MultiplyTransposed{std::min(rowsInRegisters, rows - row), height, columns, a + row * height,
                                              b + row * columns, add, c});
}

} // namespace

extern const MatrixKernels matrixKernels;
const MatrixKernels matrixKernels{packedFloats, pack, multiply, multiplyTransposed};

} // namespace spacewright::SPACEWRIGHT_SET
