// A bundle's elements as processes of this machine.
#pragma once
#include "core/cluster/submission.h"

namespace spacewright {

/// Starts them, collects while they run, and returns when all have ended; Ctrl-C ends them cleanly.
void trainHere(Study&, const Bundle&, bool json);

} // namespace spacewright
