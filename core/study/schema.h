// The tables of a study file: how a file is recognised, made, and brought to the newest version.
#pragma once
#include "core/study/sqlite.h"

namespace spacewright {

/// Throws Error for a path that holds no study (missing, a folder, empty, a text, a foreign database), which stays
/// untouched: nothing is created beside it, and nothing is finished that another program left half-done.
std::unique_ptr<Database> openStudyFile(const std::filesystem::path&, Database::Access);

/// Applies the missing migrations in one transaction, to an empty database all of them. Throws Error for a study of a
/// newer version, which stays as it is.
void migrate(Database&, const std::filesystem::path&);

} // namespace spacewright
