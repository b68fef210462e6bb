// Copies of a study in NAME.study.backups beside it.
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace spacewright {

/// A copy as the last commit left it, under a name that counts on (clocks may be set back). The newest three stay. A
/// study that is damaged takes no sound copy's place. Throws Error; the study is never changed.
std::filesystem::path backUp(const std::filesystem::path& study);

std::vector<std::filesystem::path> backups(const std::filesystem::path& study); ///< newest first
std::optional<std::filesystem::path> newestBackup(const std::filesystem::path& study);

/// A backup now and then while a study's models are trained, where no other process made one in the meantime.
class RegularBackups {
public:
    using Warn = std::function<void(const std::string&)>; ///< of one that could not be made
    RegularBackups(std::filesystem::path study, Warn, std::chrono::milliseconds every = std::chrono::hours(1));
    void makeWhenDue(); ///< to be called again and again

private:
    const std::filesystem::path m_study;
    const Warn m_warn;
    const std::chrono::milliseconds m_every;
    std::chrono::steady_clock::time_point m_last;
    std::optional<std::filesystem::path> m_newest; ///< at that time
};

} // namespace spacewright
