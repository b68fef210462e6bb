// Numbered copies, made under another name first.
#include "core/study/backup.h"
#include "core/error.h"
#include "core/study/owner.h"
#include "core/study/sqlite.h"
#include <charconv>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <utility>
#include <unistd.h>

namespace spacewright {
namespace {

constexpr std::size_t kept = 3;
constexpr const char* ending = ".study";
constexpr const char* unfinishedEnding = ".part";

std::filesystem::path folderOf(const std::filesystem::path& study)
{
    return study.string() + ".backups";
}

/// By number; anything else in the folder is left alone.
std::map<std::int64_t, std::filesystem::path> copies(const std::filesystem::path& study)
{
    std::map<std::int64_t, std::filesystem::path> found;
    std::error_code missing;
    for (const auto& file : std::filesystem::directory_iterator(folderOf(study), missing)) {
        const std::string name = file.path().stem().string();
        std::int64_t number = 0;
        const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (file.path().extension() == ending && problem == std::errc() && end == name.data() + name.size())
            found[number] = file.path();
    }
    return found;
}

/// Makes it empty; throws Error when it is not to be made.
void makeFile(const std::filesystem::path& path)
{
    const int file = open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (file < 0)
        throw Error(path.string() + " cannot be created, so that there is no new backup.");
    close(file);
}

/// With what SQLite may have left beside it.
void removeWithAll(const std::filesystem::path& path)
{
    std::error_code ignored;
    for (const char* part : {"", "-journal", "-wal", "-shm"})
        std::filesystem::remove(path.string() + part, ignored);
}

/// "HOST,PROCESS,START.part": of each process its own, since several may train one study.
std::filesystem::path unfinishedCopy(const std::filesystem::path& folder)
{
    return folder / (asFileName(thisOwner()) + unfinishedEnding);
}

/// What processes left that were killed over it.
void removeAbandonedCopies(const std::filesystem::path& folder)
{
    for (const auto& file : std::filesystem::directory_iterator(folder))
        if (file.path().extension() == unfinishedEnding && isAbandoned(ownerFromFileName(file.path().stem().string())))
            removeWithAll(file.path());
}

/// Whether SQLite finds the copy sound; it is closed again.
bool isSound(const std::filesystem::path& path)
{
    Database copy(path, Database::Access::readWrite);
    {
        Statement mode(copy, "PRAGMA journal_mode = DELETE"); // one file, without others beside it
        if (!mode.step() || mode.text(0) != "delete")
            return false;
    }
    Statement check(copy, "PRAGMA quick_check(1)");
    return check.step() && check.text(0) == "ok";
}

void syncFolder(const std::filesystem::path& folder)
{
    const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return;
    fsync(file); // a backup that a power cut takes along leaves the older ones
    close(file);
}

} // namespace

std::filesystem::path backUp(const std::filesystem::path& study)
{
    static std::mutex one; // the unfinished copy is the process's
    const std::scoped_lock lock(one);
    const std::filesystem::path folder = folderOf(study);
    const std::filesystem::path unfinished = unfinishedCopy(folder);
    std::error_code ignored;
    try {
        std::filesystem::create_directories(folder);
        removeAbandonedCopies(folder);
        makeFile(unfinished);
        Database(study, Database::Access::readOnly).copyTo(unfinished);
        if (!isSound(unfinished))
            throw Error(study.string() + " is damaged, so that its older backups were kept instead of a new one.");
        auto all = copies(study);
        const std::int64_t number = all.empty() ? 1 : all.rbegin()->first + 1;
        const std::filesystem::path path = folder / (std::to_string(number) + ending);
        std::filesystem::rename(unfinished, path);
        syncFolder(folder);
        removeWithAll(unfinished); // an empty log, where SQLite could not remove it
        all[number] = path;
        for (auto oldest = all.begin(); all.size() > kept; oldest = all.erase(oldest))
            std::filesystem::remove(oldest->second, ignored);
        return path;
    } catch (const std::filesystem::filesystem_error& problem) {
        removeWithAll(unfinished);
        throw Error("No backup of " + study.string() + " could be made (" + problem.code().message() + ").");
    } catch (const Error&) {
        removeWithAll(unfinished);
        throw;
    }
}

std::vector<std::filesystem::path> backups(const std::filesystem::path& study)
{
    std::vector<std::filesystem::path> newestFirst;
    for (const auto& [number, path] : copies(study))
        newestFirst.insert(newestFirst.begin(), path);
    return newestFirst;
}

std::optional<std::filesystem::path> newestBackup(const std::filesystem::path& study)
{
    const auto all = backups(study);
    return all.empty() ? std::nullopt : std::optional(all.front());
}

RegularBackups::RegularBackups(std::filesystem::path study, Warn warn, std::chrono::milliseconds every)
    : m_study(std::move(study)), m_warn(std::move(warn)), m_every(every), m_last(std::chrono::steady_clock::now()),
      m_newest(newestBackup(m_study))
{
}

void RegularBackups::makeWhenDue()
{
    const auto now = std::chrono::steady_clock::now();
    if (now - m_last < m_every)
        return;
    m_last = now; // whatever comes of it: a full disk is not to be tried again and again
    const auto before = std::exchange(m_newest, newestBackup(m_study));
    if (m_newest != before)
        return; // each process making one, those that stay would be of one hour
    try {
        m_newest = backUp(m_study);
    } catch (const Error& problem) {
        m_warn(std::string(problem.what()) + " Training goes on.");
    }
}

} // namespace spacewright
