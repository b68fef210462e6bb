// What SQLite reports, as a person is told it.
#include "core/study/sqlite_sentence.h"
#include <sqlite3.h>

namespace spacewright {

std::string sentence(int code, const std::string& file, const std::string& detail)
{
    const std::string safe = " Nothing that was recorded is lost.";
    switch (code & 0xff) {
    case SQLITE_FULL:
        return "The disk is full: the last step could not be written to " + file + "." + safe +
               " Make room on that disk, then go on.";
    case SQLITE_READONLY:
        return file +
               " cannot be changed: it, its folder or its disk is read-only, or it was opened for reading only." +
               safe + " Make the file and its folder writable, or work on a copy.";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return file + " was locked by another program for " + std::to_string(busyMilliseconds / 1000) + " seconds." +
               safe + " Try again when that program has finished its work.";
    case SQLITE_IOERR:
        return "The disk reported an error while reading or writing " + file + " (" + detail + ")." + safe +
               " Check the disk and its quota, then go on.";
    case SQLITE_CORRUPT:
        return file + " is damaged or was cut short (" + detail + "). It was left as it is.";
    case SQLITE_NOTADB:
        return file + " is no study, or its beginning is damaged. It was left as it is. Choose another file.";
    case SQLITE_CANTOPEN:
        return file + " cannot be opened: it or its folder cannot be read, or changes wait in its \"-wal\" file in a "
                      "folder that cannot be written. Nothing was changed. Check the permissions, or copy the study "
                      "and its \"-wal\" to a folder of your own.";
    case SQLITE_NOMEM:
        return "There is not enough memory to work on " + file + "." + safe + " Close other programs, then go on.";
    default:
        return "SQLite refused a step on " + file + " (" + detail + ")." + safe;
    }
}

bool mayPassLater(int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
        return true;
    default:
        return false;
    }
}

} // namespace spacewright
