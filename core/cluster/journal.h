// Journals on a shared file system: lines that are appended one by one, each with its checksum, so that a reader takes
// what is whole and leaves what is not, whatever happened to the writer.
#pragma once
#include <nlohmann/json.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace spacewright {

/// "CHECKSUM JSON\n", the checksum as 8 hexadecimal digits.
std::string journalLine(const nlohmann::ordered_json&);

/// A file that only grows, by whole pieces. For one writer.
class AppendedFile {
public:
    /// Made when it is missing. What an earlier writer left unfinished at the end is closed with a line break.
    explicit AppendedFile(const std::filesystem::path&);
    ~AppendedFile();
    AppendedFile(const AppendedFile&) = delete;
    AppendedFile& operator=(const AppendedFile&) = delete;

    /// Safe on the disk when it returns; where the piece begins, in bytes. Throws Error when there is no room, with the
    /// file as it was, as far as that can be done; the next call opens it anew.
    std::int64_t append(std::string_view bytes);

private:
    void openAgain();
    [[noreturn]] void fail();
    std::filesystem::path m_path;
    int m_file;
    std::int64_t m_size = 0;
};

/// Reads a journal on from where the last call ended. A missing file is an empty one.
class JournalReader {
public:
    explicit JournalReader(std::filesystem::path path) : m_path(std::move(path)) {}
    /// Calls `take` for every whole line that has come since; an unfinished last one is left for the next time. Lines
    /// that are damaged, or that `take` throws an Error for, are counted.
    void read(const std::function<void(const nlohmann::json&)>& take);
    /// The file may have moved with its folder.
    void setPath(const std::filesystem::path& path) { m_path = path; }
    const std::filesystem::path& path() const { return m_path; }
    std::int64_t damaged() const { return m_damaged; } ///< lines, of all calls

private:
    void takeLine(std::string_view line, const std::function<void(const nlohmann::json&)>&);
    std::filesystem::path m_path;
    std::int64_t m_offset = 0, m_damaged = 0;
};

} // namespace spacewright
