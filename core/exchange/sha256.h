// SHA-256 (FIPS 180-4): tells whether bytes are those that were meant.
#pragma once
#include <string>
#include <string_view>

namespace spacewright {

/// 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

} // namespace spacewright
