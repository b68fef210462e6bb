// Whether a study file is sound.
#include "core/study/integrity.h"
#include "core/study/backup.h"
#include "core/study/schema.h"
#include <sqlite3.h>

namespace spacewright {

static std::string backupBeside(const std::filesystem::path& file)
{
    const auto backup = newestBackup(file);
    return backup ? "the newest backup is " + backup->string() + "." : "there is no backup beside it.";
}

DamagedStudy::DamagedStudy(std::filesystem::path path, const std::string& what)
    : Error(what + " `spacewright-cli recover FILE -o NEW` saves what is readable; " + backupBeside(path)),
      file(std::move(path)), happened(what)
{
}

std::string sqliteVersion()
{
    return sqlite3_libversion();
}

void checkIntegrity(const std::filesystem::path& path)
{
    const std::unique_ptr<Database> database = openStudyFile(path, Database::Access::readOnly);
    for (const char* pragma : {"PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"}) {
        Statement row(*database, pragma);
        if (row.step() && row.text(0) != "ok")
            throw DamagedStudy(path, path.string() + " is damaged (" + row.text(0) + "). It was left as it is.");
    }
}

} // namespace spacewright
