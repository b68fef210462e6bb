// Zip archives in memory, stored without compression: what PyTorch's files are made of.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace spacewright {

struct ZipEntry {
    std::string name;
    std::string_view bytes; ///< must outlive the call
};

/// The archive's bytes, entries in the given order. Throws Error when there is no memory for it.
std::string toZip(const std::vector<ZipEntry>&);

} // namespace spacewright
