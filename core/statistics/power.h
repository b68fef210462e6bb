// How many more models would decide between two populations?
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace spacewright {

/// With three models on a side no two-sided rank test can fall below 5 %, and three errors say little of their spread.
inline constexpr std::size_t leastForPower = 4;

/// Share of simulated studies with n models of each space (drawn from the observed errors with replacement) whose
/// verdict is for the space that has the lower mean now: the Mann-Whitney test has p < 0.05 and the 95 % interval of
/// the mean difference (its normal approximation) excludes 0, on the same side. Both, because the verdict asks for
/// both: the mean alone is carried by a few diverged models, ranks alone by differences too small to matter.
/// n >= 1. Throws Error for fewer than 4 models on a side and for numbers that are not finite.
double power(const std::vector<double>& a, const std::vector<double>& b, int n, std::uint64_t seed = 1);

struct ModelsNeeded {
    int perSpace = 0;     ///< models of each space, those that are there included
    bool isLimit = false; ///< not even this many, the most that is looked at, decide
};

/// The smallest n, from leastForPower on, at which power is at least 80 %. As sure as the observed errors are: about,
/// not exactly. The most that is looked at is 2000, four times the paper's populations. Throws as power does.
ModelsNeeded modelsNeeded(const std::vector<double>& a, const std::vector<double>& b, std::uint64_t seed = 1);

} // namespace spacewright
