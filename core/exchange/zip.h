// Zip archives: made in memory, stored without compression (what PyTorch's files are made of), and read from files.
#pragma once
#include <filesystem>
#include <map>
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

/// The entries of an archive by name, which must be among `known`. Throws Error for a file that is no archive, for
/// entries of other names (such as "../x"), and for what is or claims to be longer than `mostBytes` when unpacked in
/// all.
std::map<std::string, std::string> fromZip(const std::filesystem::path&, const std::vector<std::string>& known,
                                           std::size_t mostBytes);

} // namespace spacewright
