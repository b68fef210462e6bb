// Tiles of a matrix product that stay in registers: a few rows, and a panel of columns in a few vectors. Only kernels
// include this.
#pragma once
#include "gpu/kernels/vector.h"
#include <algorithm>

namespace spacewright::SPACEWRIGHT_SET {

/// Rows of a tile with this many vectors to a row: tile, panel and one more value fill the registers (32 of AVX-512, 16
/// elsewhere; the plain version's vectors take two).
constexpr int tileRows([[maybe_unused]] int vectors)
{
#if defined(__AVX512VL__)
    return vectors == 1 ? 14 : 24 / vectors;
#elif defined(__AVX2__)
    return vectors == 1 ? 8 : 12 / vectors;
#else
    return 4;
#endif
}

/// The same for the transposed product, in powers of two, because heights are widths of layers.
constexpr int transposedRows(int vectors)
{
    return tileRows(vectors) >= 8 ? 8 : 4;
}

/// Calls work.panel<V, vectors>(first column, columns) from the left to the right.
template <class Work>
void forPanels(int columns, Work work)
{
    for (int column = 0, rest; (rest = columns - column) > 0;) {
        const auto take = [&]<class V, int Vectors>() {
            const int used = std::min(rest, Vectors * width<V>);
            work.template panel<V, Vectors>(column, used);
            column += used;
        };
#if defined(__AVX512VL__)
        switch ((rest + 7) / 8) { // odd numbers of 8 go into short vectors, which waste nothing
        case 1:
            take.template operator()<Floats<8>, 1>();
            break;
        case 2:
            take.template operator()<Vector, 1>();
            break;
        case 3:
            take.template operator()<Floats<8>, 3>();
            break;
        case 4:
            take.template operator()<Vector, 2>();
            break;
        case 5:
            take.template operator()<Floats<8>, 5>();
            break;
        case 6:
            take.template operator()<Vector, 3>();
            break;
        default:
            take.template operator()<Vector, 4>();
        }
#elif defined(__AVX2__)
        if (rest > 2 * lanes)
            take.template operator()<Vector, 3>();
        else if (rest > lanes)
            take.template operator()<Vector, 2>();
        else
            take.template operator()<Vector, 1>();
#else
        take.template operator()<Vector, 1>();
#endif
    }
}

/// Columns of all panels, the unused ones of the last vectors included.
struct PaddedColumns {
    int& sum;
    template <class V, int Vectors>
    void panel(int, int)
    {
        sum += Vectors * width<V>;
    }
};

inline int paddedColumns(int columns)
{
    int sum = 0;
    forPanels(columns, PaddedColumns{sum});
    return sum;
}

/// Columns of a panel that are in use: all of the first vectors and `last` lanes of the last one.
template <class V, int Vectors, int Rows>
ALWAYS_INLINE void storeTile(const V (&tile)[Rows][Vectors], float* c, std::int64_t step, int last)
{
    for (int row = 0; row < Rows; ++row, c += step) {
        for (int v = 0; v + 1 < Vectors; ++v)
            store(c + v * width<V>, tile[row][v]);
        if (last == width<V>)
            store(c + (Vectors - 1) * width<V>, tile[row][Vectors - 1]);
        else
            storeFirst(c + (Vectors - 1) * width<V>, tile[row][Vectors - 1], last);
    }
}

/// c += tile.
template <class V, int Vectors, int Rows>
ALWAYS_INLINE void addTile(V (&tile)[Rows][Vectors], float* c, std::int64_t step, int last)
{
    for (int row = 0; row < Rows; ++row) {
        const float* old = c + row * step;
        for (int v = 0; v + 1 < Vectors; ++v)
            tile[row][v] += load<V>(old + v * width<V>);
        tile[row][Vectors - 1] += loadFirst<V>(old + (Vectors - 1) * width<V>, last);
    }
    storeTile(tile, c, step, last);
}

/// c (rows x columns) = a (rows x inner) * packed. A panel has a row of `packed` for every `Tile::together` of `inner`.
template <class Tile>
struct MultiplyRows {
    std::int64_t rows;
    int inner, columns;
    const float *a, *packed;
    float* c;

    /// The last rows are done twice where they fill no tile of their own.
    template <class V, int Vectors>
    void panel(int column, int used)
    {
        constexpr int tile = tileRows(Vectors);
        const int last = used - (Vectors - 1) * width<V>;
        std::int64_t row = 0;
        if (rows >= tile)
            for (; row < rows; row += tile) {
                const std::int64_t from = std::min(row, rows - tile);
                Tile::template multiply<V, Vectors, tile>(inner, columns, a + from * inner, packed,
                                                          c + from * columns + column, last);
            }
        for (; row < rows; ++row)
            Tile::template multiply<V, Vectors, 1>(inner, columns, a + row * inner, packed, c + row * columns + column,
                                                   last);
        packed += static_cast<std::size_t>((inner + Tile::together - 1) / Tile::together) * Vectors * width<V>;
    }
};

} // namespace spacewright::SPACEWRIGHT_SET
