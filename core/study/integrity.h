// Whether a study file is sound.
#pragma once
#include <filesystem>
#include <string>

namespace spacewright {

std::string sqliteVersion();
/// Reads the whole file. Throws Error with what SQLite finds wrong, and for a file that is no study.
void checkIntegrity(const std::filesystem::path&);

} // namespace spacewright
