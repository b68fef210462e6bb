// Writes a file as a whole: afterwards it has the new content, or the old one.
#pragma once
#include <filesystem>
#include <string_view>

namespace spacewright {

/// By a temporary file beside it ("NAME.part"), fsync and rename, so that a crash or a full disk leaves what was there
/// before. Throws Error when the disk refuses.
void writeWhole(const std::filesystem::path&, std::string_view bytes);

} // namespace spacewright
