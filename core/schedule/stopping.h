// When a training is hopeless: stopping it early without pretending to know its error.
#pragma once
#include "core/study/study.h"

namespace spacewright {

/// With fewer finished models nothing is stopped.
inline constexpr std::size_t leastForStopping = 8;

/// After an epoch with this validation error: what the model's final error is at least, if that makes it hopeless;
/// none if it is to be trained on. The bound is the error less the largest improvement that any finished model of the
/// study made from the same epoch to its end, and a model is hopeless when even that lies above the median of their
/// final errors: the median stopping rule (Golovin et al., Google Vizier, KDD 2017), made stricter, since it compares
/// what can still be reached and not what has been.
std::optional<double> hopelessBound(double error, const std::vector<EpochOutcome>& finished);

} // namespace spacewright
