// Files of weights: the safetensors format, which holds numbers and no code and which other tools read.
#pragma once
#include "core/network/state.h"
#include <filesystem>
#include <map>

namespace spacewright {

struct Checkpoint {
    std::map<std::string, std::string> metadata;
    std::vector<NamedArray> arrays;

    bool operator==(const Checkpoint&) const = default;
};

/// Replaces the file as a whole (temporary file, fsync, rename), so that a crash leaves the old one or the new one.
/// Makes the folder when it is missing. Throws Error when the disk refuses.
void save(const Checkpoint&, const std::filesystem::path&);
/// Arrays in the order in which they lie in the file. Throws Error for anything but a whole, consistent file of 32-bit
/// floats; never allocates more than the file's own size.
Checkpoint loadCheckpoint(const std::filesystem::path&);

} // namespace spacewright
