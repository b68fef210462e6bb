// Reads and writes a file as a whole: after writing it has the new content, or the old one.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace spacewright {

/// A file that is written piece by piece beside the old one ("NAME.part") and takes its place when it is complete, so
/// that a crash or a full disk leaves what was there before. One writer at a time.
class WholeFile {
public:
    /// Throws Error, as the others do, when the disk refuses; a StorageError where that may pass.
    explicit WholeFile(std::filesystem::path);
    /// Removes what was written unless it was completed.
    ~WholeFile();
    WholeFile(const WholeFile&) = delete;
    WholeFile& operator=(const WholeFile&) = delete;

    void append(std::string_view bytes);
    /// Takes the old file's place, safe from a power cut. The last call.
    void complete();

private:
    [[noreturn]] void fail() const;
    std::filesystem::path m_path, m_temporary;
    int m_file = -1;
    bool m_complete = false;
};

/// A WholeFile at once.
void writeWhole(const std::filesystem::path&, std::string_view bytes);

/// Everything that a file holds. Throws Error when it cannot be read or holds more than `longest` bytes.
std::string readWhole(const std::filesystem::path&, std::size_t longest);

} // namespace spacewright
