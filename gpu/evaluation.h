// A trained network on images that it was not trained on.
#pragma once
#include "gpu/engine.h"

namespace spacewright {

/// What Training::countWrong does.
std::int64_t countWrong(const EvaluationJob&);

} // namespace spacewright
