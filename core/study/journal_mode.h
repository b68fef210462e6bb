// How SQLite makes a study's changes all or nothing: by a write-ahead log, or by a rollback journal.
#pragma once
#include "core/study/sqlite.h"

namespace spacewright {

bool hasLog(const Database::Header&);
/// A study that was written on a local disk and carried to a shared one. Where others have it open, who may be on other
/// machines, or it cannot be written, this throws Error.
void leaveLog(const std::filesystem::path&);
/// A write-ahead log where the disk is of this machine alone, a rollback journal where it is shared: the log needs
/// memory that all its users share (sqlite.org/wal.html). Left as it is while others have the study open.
void chooseJournal(Database&, const std::filesystem::path&);

} // namespace spacewright
