// A design space as Python for Optuna: suggest_* calls, the network that they make, and whether it is of the space.
#pragma once
#include "core/design/space.h"
#include <string>

namespace spacewright {

/// One file that runs by itself. Optuna draws by its own distributions (plain log-uniform, equal shares of listed
/// values), so that masses differ a little from this program's; what does not fulfil the constraints is pruned.
/// Throws Error for a list of networks and for blocks other than bottleneck, basic and vanilla.
std::string toOptunaCode(const Space&);

} // namespace spacewright
