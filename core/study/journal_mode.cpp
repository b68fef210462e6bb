// The journal that suits the disk.
#include "core/study/journal_mode.h"
#include "core/error.h"
#include "core/study/file_system.h"
#include "core/study/sqlite_sentence.h"

namespace spacewright {

bool hasLog(const Database::Header& header)
{
    return header.at(18) == 2; // https://sqlite.org/fileformat.html, section 1.3
}

void leaveLog(const std::filesystem::path& path)
{
    Database alone(path, Database::Access::readWrite);
    // Before the first access: then the log's index is in this process's own memory.
    alone.execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE");
}

void chooseJournal(Database& database, const std::filesystem::path& path)
{
    if (hasLog(database.header()) || sharedFileSystemAt(path))
        return;
    try {
        database.execute("PRAGMA busy_timeout = 0; PRAGMA journal_mode = WAL");
    } catch (const StorageError&) { // others have it open: next time
    }
    database.execute("PRAGMA busy_timeout = " + std::to_string(busyMilliseconds));
}

} // namespace spacewright
