// A trained network on images that it was not trained on.
#pragma once
#include "gpu/engine.h"

namespace spacewright {

/// What Training::classify does.
std::vector<Answer> classify(const EvaluationJob&);
/// What Training::countWrong does.
std::int64_t countWrong(const EvaluationJob&);

} // namespace spacewright
