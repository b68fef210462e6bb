// Journals: appended with fsync, read by lines.
#include "core/cluster/journal.h"
#include "core/checksum.h"
#include "core/error.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <utility>

namespace spacewright {
namespace {

constexpr std::size_t digits = 8;
constexpr std::size_t longestLine = std::size_t{16} << 20; ///< bytes; a longer one is damage

} // namespace

std::string journalLine(const nlohmann::ordered_json& j)
{
    const std::string text = j.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    char sum[digits + 1];
    std::snprintf(sum, sizeof sum, "%08x", checksum(text));
    return sum + (" " + text) + "\n";
}

AppendedFile::AppendedFile(const std::filesystem::path& path)
    : m_path(path), m_file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644))
{
    struct stat status {};
    if (m_file < 0 || fstat(m_file, &status) != 0)
        fail();
    m_size = status.st_size;
    char last = '\n';
    if (m_size > 0 && pread(m_file, &last, 1, m_size - 1) == 1 && last != '\n')
        append("\n");
}

AppendedFile::~AppendedFile()
{
    if (m_file >= 0)
        close(m_file);
}

/// What is beyond the last whole piece is of a write that failed.
void AppendedFile::openAgain()
{
    m_file = open(m_path.c_str(), O_RDWR | O_CLOEXEC);
    if (m_file < 0 || ftruncate(m_file, m_size) != 0)
        fail();
}

std::int64_t AppendedFile::append(std::string_view bytes)
{
    if (m_file < 0)
        openAgain();
    const std::int64_t begin = m_size;
    std::int64_t end = begin;
    while (!bytes.empty()) {
        const ssize_t written = pwrite(m_file, bytes.data(), bytes.size(), end);
        if (written < 0 && errno != EINTR)
            fail();
        if (written > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
            end += written;
        }
    }
    if (fsync(m_file) != 0)
        fail();
    m_size = end;
    return begin;
}

void AppendedFile::fail()
{
    const int problem = errno;
    // Where it cannot be cut off, a damaged line stays, which readers count and pass over.
    if (m_file >= 0 && ftruncate(m_file, m_size) == 0)
        fsync(m_file);
    if (m_file >= 0)
        close(std::exchange(m_file, -1)); // a network file system that was away does not know it any more
    throw Error(m_path.string() + " could not be written: " + std::strerror(problem) +
                ". What was written before is safe; make room or give write permission there.");
}

void JournalReader::read(const std::function<void(const nlohmann::json&)>& take)
{
    std::ifstream file(m_path, std::ios::binary);
    if (!file || !file.seekg(m_offset))
        return;
    std::string rest;
    std::string piece(std::size_t{1} << 20, '\0');
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0) {
        rest.append(piece, 0, static_cast<std::size_t>(file.gcount()));
        std::size_t begin = 0;
        for (auto end = rest.find('\n'); end != std::string::npos; end = rest.find('\n', begin)) {
            takeLine(std::string_view(rest).substr(begin, end - begin), take);
            begin = end + 1;
        }
        rest.erase(0, begin);
        m_offset += static_cast<std::int64_t>(begin);
        if (rest.size() > longestLine) { // no writer makes such: what follows cannot be trusted to be lines
            ++m_damaged;
            m_offset += static_cast<std::int64_t>(rest.size());
            rest.clear();
        }
    }
}

void JournalReader::takeLine(std::string_view line, const std::function<void(const nlohmann::json&)>& take)
{
    if (line.empty())
        return;
    std::uint32_t sum = 0;
    const bool hasSum = line.size() > digits && line[digits] == ' ' &&
                        std::from_chars(line.data(), line.data() + digits, sum, 16).ptr == line.data() + digits;
    const std::string_view text = hasSum ? line.substr(digits + 1) : std::string_view();
    const nlohmann::json j = hasSum && checksum(text) == sum ? nlohmann::json::parse(text, nullptr, false)
                                                             : nlohmann::json(nlohmann::json::value_t::discarded);
    if (!j.is_object()) {
        ++m_damaged;
        return;
    }
    try {
        take(j);
    } catch (const std::exception&) {
        ++m_damaged;
    }
}

} // namespace spacewright
