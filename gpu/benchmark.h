// How fast a network trains on this machine.
#pragma once
#include "gpu/engine.h"

namespace spacewright {

/// Every worker gathers random 8-bit images, trains and updates as a trainer does. The steps that compile and warm up
/// are not counted.
TrainingSpeed trainingSpeed(const TrainingBenchmark&);

} // namespace spacewright
