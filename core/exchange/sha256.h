// SHA-256 (FIPS 180-4): tells whether bytes are those that were meant.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace spacewright {

/// 64 hexadecimal digits.
std::string sha256(std::string_view bytes);
/// Of a file, read in pieces. Throws Error when it cannot be read.
std::string sha256OfFile(const std::filesystem::path&);

} // namespace spacewright
