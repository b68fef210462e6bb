// Keeps files that unpack to absurd sizes from taking all memory.
#include "core/data/read_limit.h"
#include <unistd.h>

namespace spacewright {

std::string absurdSize(std::uint64_t unpacked, std::uint64_t packed)
{
    constexpr std::uint64_t alwaysFine = 64 << 20, mebibyte = 1 << 20;
    if (unpacked <= alwaysFine)
        return "";
    if (unpacked / 200 > packed)
        return "its " + std::to_string(packed) + " bytes unpack to more than 200 times as much, which no pictures do";
    const std::uint64_t quarter =
        static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) / 4;
    if (unpacked > quarter)
        return "it holds more than the " + std::to_string(quarter / mebibyte) +
               " MiB, a quarter of this machine's memory, that such a file may take; write the images into folders "
               "(CLASS/*.png), which are read in parts";
    return "";
}

} // namespace spacewright
