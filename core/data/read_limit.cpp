// Keeps files that unpack to absurd sizes from filling memory or disk.
#include "core/data/read_limit.h"

namespace spacewright {

std::string absurdSize(std::uint64_t unpacked, std::uint64_t packed)
{
    constexpr std::uint64_t alwaysFine = 64 << 20, mostPerByte = 200;
    if (unpacked <= alwaysFine || unpacked / mostPerByte <= packed)
        return "";
    return "its " + std::to_string(packed) + " bytes unpack to more than 200 times as much, which no pictures do";
}

} // namespace spacewright
