// Finds and makes pixel caches; a lock keeps two from being made at once.
#include "core/data/cache_place.h"
#include "core/data/content_key.h"
#include "core/data/pixel_cache.h"
#include "core/error.h"
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace spacewright {

namespace {

namespace fs = std::filesystem;

/// Held while a cache is made; waits for its turn.
class Lock {
public:
    explicit Lock(const fs::path& folder) : m_file(open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644))
    {
        // Where the file system has no locks, two writers at once are less likely than that.
        if (m_file >= 0)
            flock(m_file, LOCK_EX);
    }
    ~Lock()
    {
        if (m_file >= 0)
            close(m_file);
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

private:
    int m_file;
};

std::vector<fs::path> foldersFor(const fs::path& data)
{
    std::error_code ignored;
    std::vector<fs::path> folders{(fs::is_directory(data, ignored) ? data : data.parent_path()) / ".spacewright"};
    const char* cache = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    if (cache && *cache)
        folders.push_back(fs::path(cache) / "spacewright");
    else if (home && *home)
        folders.push_back(fs::path(home) / ".cache/spacewright");
    return folders;
}

} // namespace

CachePlace::CachePlace(const fs::path& data, const std::string& contentKey, std::uint64_t splitSeed)
{
    ContentKey where;
    where.add(fs::absolute(data).lexically_normal().string());
    m_place = where.text() + "-";
    m_content = m_place + contentKey;
    for (const fs::path& folder : foldersFor(data))
        m_paths.push_back(folder / (m_content + "-" + std::to_string(splitSeed) + ".images"));
}

std::optional<DataFiles> CachePlace::read() const
{
    for (const fs::path& path : m_paths)
        if (std::optional<DataFiles> files = readPixelCache(path)) {
            files->notes.push_back("The decoded images are kept in " + path.string() +
                                   "; the file may be removed at any time and is made again.");
            return files;
        }
    return std::nullopt;
}

DataFiles CachePlace::readOrMake(const std::function<void(const fs::path&)>& make) const
{
    if (std::optional<DataFiles> files = read())
        return *files;
    const fs::path cache = writable();
    const Lock lock(cache.parent_path());
    if (std::optional<DataFiles> files = read()) // made by another while this waited
        return *files;
    removeOutdated(cache.parent_path());
    make(cache);
    if (std::optional<DataFiles> files = read())
        return *files;
    throw Error("The decoded images in " + cache.string() +
                " cannot be read back. Remove the file, and look whether the disk is sound.");
}

/// The first of the paths that can be written, its folder made.
fs::path CachePlace::writable() const
{
    for (const fs::path& path : m_paths) {
        std::error_code problem;
        fs::create_directories(path.parent_path(), problem);
        if (fs::is_directory(path.parent_path(), problem) && access(path.parent_path().c_str(), W_OK) == 0)
            return path;
    }
    throw Error("The decoded images need a place, but neither " + m_paths.front().parent_path().string() +
                (m_paths.size() > 1 ? " nor " + m_paths.back().parent_path().string() : "") +
                " can be written. Give write permission to one of them.");
}

void CachePlace::removeOutdated(const fs::path& folder) const
{
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, problem)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(m_place) && !name.starts_with(m_content))
            fs::remove(entry.path(), problem);
    }
}

} // namespace spacewright
