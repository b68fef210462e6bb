// Refinement advice: which single constraint would narrow a space without making it worse?
#pragma once
#include "core/statistics/comparison.h"
#include "core/statistics/population.h"

namespace spacewright {

/// With fewer models on one side of a constraint nothing is said about it.
inline constexpr int leastForAdvice = 8;

/// `better` and `worse` are decided (comparison.h) after correction for all the questions. `possiblyWorse`: not so, but
/// the interval of the mean or the rank test speaks against it when asked alone; a warning should not need more proof
/// because more was asked.
enum class AdviceVerdict { better, undecided, possiblyWorse, worse, tooFew };
/// "better", "not decided", "possibly worse", "worse", "too few to say".
std::string toText(AdviceVerdict);

struct Advice {
    Constraint constraint;
    int models = 0;              ///< with an error that counts, that fulfil it
    int dimensionsRemoved = 0;   ///< by the paper's count (design/space.h)
    double log10SizeRemoved = 0; ///< likewise; 0 for a range of the total depth, which that count does not know
    std::optional<Edf> edf;      ///< of these models
    /// These models (A) against those that do not fulfil it (B); none while there are too few.
    std::optional<Comparison> comparison;
    double adjustedP = 1; ///< Mann-Whitney's p after Holm over all constraints that were judged
    AdviceVerdict verdict = AdviceVerdict::tooFew;
};

/// Judges every single constraint that could narrow the population's space, on the models already trained: shared b
/// and g, increasing w and d, w_m = 2, w_0 = w_a, ranges of b and g, and for d and each w_i (of a RegNet: d, w_0, w_a,
/// w_m) the half, split at the median, whose models win more often: one question, since the other half is its
/// complement.
///
/// The models that fulfil a constraint are a population of the narrowed space, each with weight 1: sampling is
/// conditional, so what passes has the distribution of the narrowed space, and leaving out repeated networks before or
/// after makes no difference. They are compared with the models that do not fulfil it, not with the whole: the whole
/// holds them too, and the tests ask for independent populations. The question is the same, for the mean of the whole
/// lies between the two.
///
/// First what does not make quality worse, by how much it removes; then what does; last what cannot be judged.
/// Throws Error when no model has an error yet.
std::vector<Advice> advise(const Population&, std::uint64_t seed = 1);

/// The first that is better, else the first that is not shown to be worse; null when there is none.
const Advice* recommended(const std::vector<Advice>&);

/// One sentence: what to do next, and how sure that is.
std::string recommendation(const std::vector<Advice>&, const Population&);

} // namespace spacewright
