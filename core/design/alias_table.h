// Draws an index with given weights in constant time.
#pragma once
#include "core/design/random.h"
#include <vector>

namespace spacewright {

/// Walker's alias method, built as Vose (1991) does: one random number, one look-up. An index of weight 0 is never
/// drawn.
class AliasTable {
public:
    AliasTable() = default;
    /// Weights are not negative; one of them at least must be positive before a draw.
    explicit AliasTable(const std::vector<double>& weights);

    int draw(Random& random) const
    {
        // The product's upper half chooses the cell, its lower half is uniform within the cell.
        const unsigned __int128 product = static_cast<unsigned __int128>(random.bits()) * m_cells.size();
        const Cell& cell = m_cells[static_cast<std::size_t>(product >> 64)];
        return cell.outcomes[static_cast<std::uint64_t>(product) < cell.own]; // a branch would be mispredicted
    }

private:
    struct Cell {
        std::uint64_t own = 0; ///< share of the cell that is its own, in 2^-64
        int outcomes[2] = {};  ///< what the rest of the cell yields, and the cell's own index
    };
    std::vector<Cell> m_cells;
};

} // namespace spacewright
