// POSIX: the standard library has no fsync.
#include "core/whole_file.h"
#include "core/error.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace spacewright {

namespace {

class File {
public:
    /// `named` is what the person knows the file by.
    File(const std::filesystem::path& path, int flags, const std::filesystem::path& named)
        : m_named(named), m_file(open(path.c_str(), flags, 0644))
    {
        if (m_file < 0)
            fail();
    }
    ~File() { close(m_file); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    void write(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t written = ::write(m_file, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR)
                fail();
            if (written > 0)
                bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void sync()
    {
        if (fsync(m_file) != 0)
            fail();
    }
    [[noreturn]] void fail() const
    {
        throw Error(m_named.string() + " could not be written: " + std::strerror(errno) +
                    ". What was saved before is safe; make room or give write permission there and try again.");
    }

private:
    const std::filesystem::path& m_named;
    int m_file;
};

void writeThrough(const std::filesystem::path& temporary, const std::filesystem::path& path, std::string_view bytes)
{
    File file(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, path);
    file.write(bytes);
    file.sync();
    if (std::rename(temporary.c_str(), path.c_str()) != 0)
        file.fail();
}

} // namespace

void writeWhole(const std::filesystem::path& path, std::string_view bytes)
{
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    const std::filesystem::path temporary = path.string() + ".part";
    try {
        writeThrough(temporary, path, bytes);
    } catch (const Error&) {
        std::error_code ignored;
        std::filesystem::remove(temporary, ignored); // on a full disk the study needs the room to record its state
        throw;
    }
    File(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, path).sync(); // the new name must survive a power cut too
}

} // namespace spacewright
