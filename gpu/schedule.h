// The learning rate over time.
#pragma once
#include "core/study/recipe.h"

namespace spacewright {

/// Half-period cosine with linear warm-up from 0.1 to 1 (METHOD section 4). `epoch` and `batch` count from 0;
/// `perEpoch` looks at the epoch alone.
double rateAt(const Recipe&, int epoch, int batch, int batches);

} // namespace spacewright
