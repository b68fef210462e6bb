// Two populations as one row of increasing values, and the Mann-Whitney test on it.
#pragma once
#include <cstdint>
#include <vector>

namespace spacewright {

/// A value that occurs in one of the populations or in both, and how often.
struct Rank {
    double value = 0;
    std::int64_t a = 0, b = 0;
};

/// All values of both, each once, increasing. The numbers must be finite.
std::vector<Rank> ranks(std::vector<double> a, std::vector<double> b);

struct MannWhitney {
    double effect = 0.5; ///< P(value of A < value of B) + half of the ties
    double p = 1;        ///< two-sided, normal approximation with tie and continuity corrections
};

/// Neither population may be empty.
MannWhitney mannWhitney(const std::vector<Rank>&);

} // namespace spacewright
