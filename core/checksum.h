// A checksum that tells whole bytes from damaged ones; no protection from who wants to deceive.
#pragma once
#include <cstdint>
#include <string_view>

namespace spacewright {

/// CRC-32 as zlib computes it.
std::uint32_t checksum(std::string_view bytes);

} // namespace spacewright
