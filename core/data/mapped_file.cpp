// A file as memory, by POSIX.
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
    return {std::shared_ptr<const std::uint8_t>(static_cast<const std::uint8_t*>(memory),
                                                [memory, size](const std::uint8_t*) { munmap(memory, size); }),
            size};
}

} // namespace spacewright
