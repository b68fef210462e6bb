// Reads zip archives piece by piece, whatever the sizes that they claim.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct zip;
struct zip_file;

namespace spacewright {

class ZipReader {
public:
    struct Entry {
        std::string name;
        std::uint64_t size = 0, packed = 0; ///< bytes, as the archive claims
    };
    /// One entry, read from its beginning.
    class Stream {
    public:
        /// Fewer than `size` bytes only at the end; throws Error when the data is damaged.
        std::size_t read(std::uint8_t* bytes, std::size_t size);

    private:
        friend class ZipReader;
        Stream(const ZipReader& archive, std::size_t entry);
        std::string m_place;
        std::unique_ptr<zip_file, int (*)(zip_file*)> m_file;
    };

    /// Throws Error when it is no zip archive.
    explicit ZipReader(const std::filesystem::path&);

    const std::vector<Entry>& entries() const { return m_entries; }
    /// Must not outlive the archive.
    Stream open(std::size_t entry) const { return {*this, entry}; }

private:
    std::filesystem::path m_path;
    std::unique_ptr<zip, void (*)(zip*)> m_archive;
    std::vector<Entry> m_entries;
};

} // namespace spacewright
