// Decoded images in one flat file of 8-bit pixels, which is read by a memory map.
#pragma once
#include "core/data/data_files.h"
#include "core/whole_file.h"
#include <optional>

namespace spacewright {

/// Where the cache called `name` may lie, in order: in the folder `.spacewright` beside the images, and in the user's
/// cache folder.
std::vector<std::filesystem::path> cachePaths(const std::filesystem::path& data, const std::string& name);

/// Of those paths the first that can be written, its folder made. Throws Error when none can.
std::filesystem::path writableCache(const std::vector<std::filesystem::path>&);

/// Held while a cache is made, by one thread of one process at a time; waits for its turn.
class CacheLock {
public:
    explicit CacheLock(const std::filesystem::path& cache);
    ~CacheLock();
    CacheLock(const CacheLock&) = delete;
    CacheLock& operator=(const CacheLock&) = delete;

private:
    int m_file;
};

/// Layout: pixels of the training, validation and test images, their labels, a JSON object, its length (8 bytes, little
/// endian), 8 bytes that name the format.
class PixelCacheWriter {
public:
    PixelCacheWriter(const std::filesystem::path&, int size, int channels);
    /// Into the current one of the three sets.
    void append(const std::vector<std::uint8_t>& planes, std::uint8_t label);
    void endSet();
    /// `files` gives names, notes and what was broken.
    void complete(const DataFiles& files);

private:
    WholeFile m_file;
    int m_size, m_channels;
    std::string m_labels;
    std::vector<int> m_counts{0};
};

/// The sets as views of the mapped file; nothing when it is missing or was not made by this version.
std::optional<DataFiles> readPixelCache(const std::filesystem::path&);

} // namespace spacewright
