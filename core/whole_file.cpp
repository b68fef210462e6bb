// POSIX: the standard library has no fsync.
#include "core/whole_file.h"
#include "core/error.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace spacewright {

WholeFile::WholeFile(std::filesystem::path path) : m_path(std::move(path)), m_temporary(m_path.string() + ".part")
{
    // What stands there may be a stranger's link to something dear, or a pipe that nobody reads: never written through.
    unlink(m_temporary.c_str());
    m_file = open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (m_file < 0)
        fail();
}

WholeFile::~WholeFile()
{
    close(m_file);
    std::error_code ignored;
    if (!m_complete)
        std::filesystem::remove(m_temporary, ignored); // on a full disk the study needs the room to record its state
}

void WholeFile::append(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_file, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR)
            fail();
        if (written > 0)
            bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void WholeFile::complete()
{
    if (fsync(m_file) != 0 || std::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        fail();
    m_complete = true;
    // The new name must survive a power cut too.
    const std::filesystem::path folder = m_path.has_parent_path() ? m_path.parent_path() : ".";
    const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = file >= 0 && fsync(file) == 0;
    const int problem = errno;
    if (file >= 0)
        close(file);
    errno = problem;
    if (!synced)
        fail();
}

void WholeFile::fail() const
{
    const int problem = errno;
    const std::string text = m_path.string() + " could not be written: " + std::strerror(problem) +
                             ". What was saved before is safe; make room or give write permission there and try again.";
    if (mayPass(problem))
        throw StorageError(text);
    throw Error(text);
}

void writeWhole(const std::filesystem::path& path, std::string_view bytes)
{
    WholeFile file(path);
    file.append(bytes);
    file.complete();
}

std::string readWhole(const std::filesystem::path& path, std::size_t longest)
{
    std::ifstream file(path, std::ios::binary);
    std::string text, block(std::size_t{1} << 16, '\0');
    while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
        text.append(block, 0, static_cast<std::size_t>(file.gcount()));
        if (text.size() > longest)
            throw Error(path.string() + " holds more than " + std::to_string(longest >> 20) +
                        " MiB, which no file of this kind does. Nothing was read from it.");
    }
    if (!file.eof())
        throw Error(path.string() + " cannot be read. Check that it exists, is a file and may be read by you.");
    return text;
}

} // namespace spacewright
