// Some models of a population, to be trained again or tested.
#pragma once
#include "core/statistics/population.h"

namespace spacewright {

/// `spread`: evenly over the ranks by error, so that good and bad models are there as in the whole population.
enum class Choice { best, random, spread };

/// `n` of the models that count, in order of error (equal errors in order of id). `random` is a function of the seed.
/// Throws Error for fewer than one, and for more than there are.
std::vector<Model> selected(const Population&, std::int64_t n, Choice, std::uint64_t seed = 1);

} // namespace spacewright
