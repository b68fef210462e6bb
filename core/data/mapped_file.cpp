// A file as memory, by POSIX and Linux.
#include "core/data/mapped_file.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spacewright {

Pixels mapFile(const std::filesystem::path& path)
{
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return {};
    struct stat info {};
    void* memory = MAP_FAILED;
    if (fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0)
        memory = mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_SHARED, file, 0);
    close(file); // the map keeps what it needs
    if (memory == MAP_FAILED)
        return {};
    const std::size_t size = static_cast<std::size_t>(info.st_size);
    // Training reads in random order, where each page read ahead is one too many: 186 images of 3 KB a second from an
    // empty page cache against 8,000 so, and 92,000 with expect().
    madvise(memory, size, MADV_RANDOM);
    return {std::shared_ptr<const std::uint8_t>(static_cast<const std::uint8_t*>(memory),
                                                [memory, size](const std::uint8_t*) { munmap(memory, size); }),
            size};
}

void Pixels::expect(std::size_t first, std::size_t count) const
{
    if (!m_isMapped || count == 0)
        return;
    static const std::uintptr_t page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(data() + first), aligned = begin / page * page;
    madvise(reinterpret_cast<void*>(aligned), begin - aligned + count, MADV_WILLNEED);
}

} // namespace spacewright
