// Comparison of populations that share models, as a space and the child that reuses its models do.
#pragma once
#include "core/statistics/comparison.h"
#include "core/statistics/population.h"

namespace spacewright {

/// The errors of two populations A and B: of the models that only one of them has, and of those that both have.
struct Overlap {
    std::vector<double> onlyA, shared, onlyB;
    enum class Keeper { a, b, neither };
    Keeper keeper = Keeper::neither; ///< with whom the shared models stay in the tests, which need independent models
};

/// Of two spaces of one study, one of which may be narrowed from the other: then it keeps what they share.
Overlap overlap(const Population& a, const Population& b);

/// Kolmogorov-Smirnov and Mann-Whitney take two independent samples, so a shared model is tested on one side at most.
/// The child keeps it: the question is then asked of the child's models and the parent's that are not in the child, and
/// if the two spaces do not differ, neither do these. Of spaces of which none is the other's ancestor, both do without:
/// equally many shared models cancel in the difference of two EDFs of equal size.
/// The difference is that of the whole populations' means; its interval comes from resampling all models together once
/// per replicate, where a shared model counts in both means. Without shared models this is `compare` of two lists.
Comparison compare(const Overlap&, std::uint64_t seed = 1);

/// What the numbers mean when models are shared, in one or two sentences; empty when none is.
std::string sharedText(const Comparison&, const std::string& nameA, const std::string& nameB);

} // namespace spacewright
