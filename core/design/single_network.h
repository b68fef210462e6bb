// A network on its own as a design space.
#pragma once
#include "core/design/space.h"

namespace spacewright {

/// A space of this one network.
Space singleNetwork(const std::string& name, const Network&);

} // namespace spacewright
