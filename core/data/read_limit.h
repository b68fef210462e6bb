// Keeps files that unpack to absurd sizes from filling memory or disk.
#pragma once
#include <cstdint>
#include <string>

namespace spacewright {

/// What is wrong with `unpacked` bytes that came, or would come, of `packed` bytes; empty when it is fine. No pictures
/// pack to less than a 200th (zeros reach a 1000th).
std::string absurdSize(std::uint64_t unpacked, std::uint64_t packed);

} // namespace spacewright
