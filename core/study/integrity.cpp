// Whether a study file is sound.
#include "core/study/integrity.h"
#include "core/error.h"
#include "core/study/backup.h"
#include "core/study/schema.h"
#include <sqlite3.h>

namespace spacewright {

std::string sqliteVersion()
{
    return sqlite3_libversion();
}

void checkIntegrity(const std::filesystem::path& path)
{
    const std::unique_ptr<Database> database = openStudyFile(path, Database::Access::readOnly);
    for (const char* pragma : {"PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"}) {
        Statement row(*database, pragma);
        if (row.step() && row.text(0) != "ok") {
            const auto backup = newestBackup(path);
            throw Error(path.string() + " is damaged (" + row.text(0) +
                        "). Copy the file and its -wal before anything else; `spacewright-cli recover FILE -o NEW` "
                        "saves what is readable; " +
                        (backup ? "the newest backup is " + backup->string() + "." : "there is no backup beside it."));
        }
    }
}

} // namespace spacewright
