// Copies of a study in NAME.study.backups beside it.
#pragma once
#include <filesystem>
#include <optional>
#include <vector>

namespace spacewright {

/// A copy as the last commit left it, under a name that counts on (clocks may be set back). The newest three stay. A
/// study that is damaged takes no sound copy's place. Throws Error; the study is never changed.
std::filesystem::path backUp(const std::filesystem::path& study);

std::vector<std::filesystem::path> backups(const std::filesystem::path& study); ///< newest first
std::optional<std::filesystem::path> newestBackup(const std::filesystem::path& study);

} // namespace spacewright
