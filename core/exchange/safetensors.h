// Files of weights: the safetensors format, which holds numbers and no code and which other tools read.
#pragma once
#include "core/network/state.h"
#include <filesystem>
#include <map>
#include <string>

namespace spacewright {

struct Checkpoint {
    std::map<std::string, std::string> metadata;
    std::vector<NamedArray> arrays;

    bool operator==(const Checkpoint&) const = default;
};

/// The file's bytes.
std::string toSafetensors(const Checkpoint&);
/// Makes the folder, but none above it, when it is missing, then `writeWhole`.
void save(const Checkpoint&, const std::filesystem::path&);
/// Removes the file where there is one. Throws StorageError.
void dropCheckpoint(const std::filesystem::path&);
/// Arrays in the order in which they lie in the file. Throws Error for anything but a whole, consistent file of 32-bit
/// floats (for links too: a stranger's could lead anywhere), and StorageError where the disk does not let it be read
/// now; never allocates more than the file's own size, which costs a stranger no room on the disk.
Checkpoint loadCheckpoint(const std::filesystem::path&);
/// The same of a network's own weights: throws Error, before it allocates them, for more numbers than a training has.
Checkpoint loadCheckpoint(const std::filesystem::path&, const std::vector<Layer>&);

} // namespace spacewright
