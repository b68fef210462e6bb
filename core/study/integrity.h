// Whether a study file is sound.
#pragma once
#include "core/error.h"
#include <filesystem>
#include <string>

namespace spacewright {

/// What a file holds is not what was written to it. What is left can be saved (core/study/recovery.h).
struct DamagedStudy : Error {
    /// `happened` names the file, and says what is safe.
    DamagedStudy(std::filesystem::path, const std::string& happened);
    std::filesystem::path file;
    std::string happened; ///< without what to do in a terminal, which the whole text has
};

std::string sqliteVersion();
/// Reads the whole file. Throws DamagedStudy with what SQLite finds wrong, and Error for a file that is no study.
void checkIntegrity(const std::filesystem::path&);

} // namespace spacewright
