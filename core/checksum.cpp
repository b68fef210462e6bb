// CRC-32 by zlib.
#include "core/checksum.h"
#include <zlib.h>

namespace spacewright {

std::uint32_t checksum(std::string_view bytes)
{
    return static_cast<std::uint32_t>(
        crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size())); // zlib.h
}

} // namespace spacewright
