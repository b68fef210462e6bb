// A file as memory: its pages are read when they are touched and given back when memory is short.
#pragma once
#include "core/data/pixels.h"
#include <filesystem>

namespace spacewright {

/// The whole file, to be read in any order; empty when it cannot be read or has no bytes. Stays valid when the file is
/// removed, not when it is shortened.
Pixels mapFile(const std::filesystem::path&);

} // namespace spacewright
