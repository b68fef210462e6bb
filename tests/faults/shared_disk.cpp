// This program's own statfs comes before that of the C library.
#include "shared_disk.h"
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace spacewright::faults {
namespace {

bool isShared = false;

} // namespace

SharedDisk::SharedDisk()
{
    isShared = true;
}

SharedDisk::~SharedDisk()
{
    isShared = false;
}

int askFileSystem(const char* path, struct statfs* info)
{
    const int result = static_cast<int>(syscall(SYS_statfs, path, info));
    if (result == 0 && isShared)
        info->f_type = 0x6969;
    return result;
}

} // namespace spacewright::faults

extern "C" int statfs(const char* path, struct statfs* info) noexcept
{
    return spacewright::faults::askFileSystem(path, info);
}
