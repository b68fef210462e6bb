// The tables of a study file: how a file is recognised, made, and brought to the newest version.
#pragma once
#include "core/study/sqlite.h"

namespace spacewright {

/// Throws Error for a path that holds no study (missing, a folder, empty, a text, a foreign database), which stays
/// untouched: nothing is created beside it, and nothing is finished that another program left half-done. A change of a
/// study that was interrupted is rolled back.
std::unique_ptr<Database> openStudyFile(const std::filesystem::path&, Database::Access);

/// Applies the missing migrations in one transaction, to an empty database all of them, to an older study after a
/// backup; an older study that is opened for reading only stays as it is, and what it lacks is empty. Throws Error for
/// a study of a newer version, which stays as it is too. What is committed from then on survives a power cut.
void migrate(Database&, const std::filesystem::path&, Database::Access);

} // namespace spacewright
