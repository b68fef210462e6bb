// What a power cut leaves of files: what was synced, and of the rest any part.
#pragma once
#include "faulty_system.h"
#include <map>
#include <memory>
#include <optional>
#include <random>

namespace spacewright::faults {

/// Follows recorded changes and makes the folder as it may be after a power cut behind any of them.
class DurableDisk {
public:
    explicit DurableDisk(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    void follow(const Change&);
    /// Writes the files that are left into the folder, which is emptied first. `keep`: the probability of each piece
    /// of 512 bytes that was written, but not synced, to have reached the disk; the last one of a write may be torn.
    void cutPower(double keep, std::mt19937& random) const;

private:
    struct Content {
        std::string durable;
        std::vector<Change> pending;
    };
    std::filesystem::path m_folder;
    /// Contents that were under this name since its folder was synced, the last one now; none: no file.
    std::map<std::filesystem::path, std::vector<std::shared_ptr<Content>>> m_files;
};

} // namespace spacewright::faults
