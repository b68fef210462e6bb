// A network from a file, for the commands that take one.
#pragma once
#include "core/design/sampler.h"

namespace spacewright {

/// This program's JSON, a golden file's (tests/data/golden), or a pycls YAML. Throws Error for what is neither.
Sample networkIn(const std::string& path);

} // namespace spacewright
