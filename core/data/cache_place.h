// Where the decoded images of a data set are kept: beside it, or in the user's cache folder.
#pragma once
#include "core/data/data_files.h"
#include <optional>

namespace spacewright {

class CachePlace {
public:
    /// `contentKey` changes with the data; caches of it as it was before are removed when a new one is made.
    CachePlace(const std::filesystem::path& data, const std::string& contentKey, std::uint64_t splitSeed);

    /// Nothing when there is none, or none of this version.
    std::optional<DataFiles> read() const;
    /// What is there; where it is missing `make` writes it, in one thread of one process at a time. Throws Error where
    /// nothing can be written.
    DataFiles readOrMake(const std::function<void(const std::filesystem::path& cache)>& make) const;

private:
    std::filesystem::path writable() const;
    void removeOutdated(const std::filesystem::path& folder) const;

    std::string m_place, m_content; ///< how names begin: of all caches of this data, of those that are current
    std::vector<std::filesystem::path> m_paths;
};

} // namespace spacewright
