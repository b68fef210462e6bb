// Do two regimes rank the same models alike?
#pragma once
#include <vector>

namespace spacewright {

/// Kendall's tau-b of pairs (x_i, y_i), ties corrected for; -1 to 1, in O(n log n) (Knight 1966).
/// Throws Error for fewer than two pairs, lengths that differ, numbers that are not finite, and when all x or all y are
/// equal, since then there is no order to agree with.
double kendallTau(const std::vector<double>& x, const std::vector<double>& y);

} // namespace spacewright
