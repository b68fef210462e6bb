// On what kind of file system a study lies.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace spacewright {

/// The name of a file system that several machines may share, by `f_type` of statfs(2); none for a local one. SQLite's
/// write-ahead log needs memory that all its users share, which those do not give.
std::optional<std::string> sharedFileSystem(std::uint32_t type);
/// The same of where the file or folder lies; none also where that cannot be told.
std::optional<std::string> sharedFileSystemAt(const std::filesystem::path&);
/// What a person is to know of a study that lies there; none for a local disk.
std::optional<std::string> sharedDiskNotice(const std::filesystem::path& study);

} // namespace spacewright
