// Where the time of a training step goes.
#pragma once
#include "gpu/engine.h"

namespace spacewright {

/// What Training::layerSeconds does.
std::vector<double> layerSeconds(const Network&);

} // namespace spacewright
