// A virtual file system of SQLite's (sqlite.org/vfs.html) and an allocator that pass all on to the usual ones, but for
// the faults.
#include "faulty_system.h"
#include <sqlite3.h>
#include <algorithm>
#include <csignal>
#include <optional>

namespace spacewright::faults {
namespace {

struct State {
    std::optional<Fault> fault;
    int at = 0, seen = 0;
    bool records = false;
    std::vector<Change> changes;
} state;

/// SQLite allocates it, with room for the real file behind it.
struct File {
    sqlite3_file base;
    const char* path; ///< SQLite keeps it while the file is open
    bool isNew;       ///< its folder is not synced yet
};

sqlite3_vfs* usual = nullptr;

sqlite3_file* real(sqlite3_file* file)
{
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<File*>(file) + 1);
}

void record(Change::Kind kind, const char* path, std::size_t offset = 0, std::string bytes = {})
{
    if (state.records && path)
        state.changes.push_back({kind, path, offset, std::move(bytes)});
}

/// The code that this call is to fail with; SQLITE_OK: it goes on.
int meet(Call call)
{
    if (!state.fault || !std::ranges::count(state.fault->calls, call))
        return SQLITE_OK;
    const bool struck = ++state.seen == state.at || (state.fault->stays && state.seen > state.at);
    if (struck && state.fault->kills && !state.fault->half)
        raise(SIGKILL);
    return struck ? state.fault->code : SQLITE_OK;
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset)
{
    if (const int code = meet(Call::write); code != SQLITE_OK) {
        if (state.fault->half)
            real(file)->pMethods->xWrite(real(file), bytes, size / 2, offset);
        if (state.fault->kills)
            raise(SIGKILL);
        return code;
    }
    record(Change::Kind::write, reinterpret_cast<File*>(file)->path, static_cast<std::size_t>(offset),
           std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)));
    return real(file)->pMethods->xWrite(real(file), bytes, size, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size)
{
    if (const int code = meet(Call::truncate); code != SQLITE_OK)
        return code;
    record(Change::Kind::truncate, reinterpret_cast<File*>(file)->path, static_cast<std::size_t>(size));
    return real(file)->pMethods->xTruncate(real(file), size);
}

int sync(sqlite3_file* file, int)
{
    if (const int code = meet(Call::sync); code != SQLITE_OK)
        return code;
    auto* ours = reinterpret_cast<File*>(file);
    record(Change::Kind::sync, ours->path);
    if (ours->isNew) // as the usual one does: a file that is new is nothing without its name
        record(Change::Kind::syncFolder, ours->path);
    ours->isNew = false;
    return SQLITE_OK;
}

int read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset)
{
    const int code = meet(Call::read);
    return code != SQLITE_OK ? code : real(file)->pMethods->xRead(real(file), bytes, size, offset);
}

int fileSize(sqlite3_file* file, sqlite3_int64* size)
{
    const int code = meet(Call::size);
    return code != SQLITE_OK ? code : real(file)->pMethods->xFileSize(real(file), size);
}

int lock(sqlite3_file* file, int kind)
{
    const int code = meet(Call::lock);
    return code != SQLITE_OK ? code : real(file)->pMethods->xLock(real(file), kind);
}

int mapMemory(sqlite3_file* file, int region, int size, int extend, void volatile** memory)
{
    const int code = meet(Call::mapMemory);
    return code != SQLITE_OK ? code : real(file)->pMethods->xShmMap(real(file), region, size, extend, memory);
}

int lockMemory(sqlite3_file* file, int offset, int n, int flags)
{
    const int code = (flags & SQLITE_SHM_LOCK) != 0 ? meet(Call::lockMemory) : SQLITE_OK;
    return code != SQLITE_OK ? code : real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}

const sqlite3_io_methods methods{
    .iVersion = 2,
    .xClose = [](sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); },
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = fileSize,
    .xLock = lock,
    .xUnlock = [](sqlite3_file* file, int kind) { return real(file)->pMethods->xUnlock(real(file), kind); },
    .xCheckReservedLock = [](sqlite3_file* file,
                             int* is) { return real(file)->pMethods->xCheckReservedLock(real(file), is); },
    .xFileControl = [](sqlite3_file* file, int op,
                       void* argument) { return real(file)->pMethods->xFileControl(real(file), op, argument); },
    .xSectorSize = [](sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); },
    .xDeviceCharacteristics =
        [](sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); },
    .xShmMap = mapMemory,
    .xShmLock = lockMemory,
    .xShmBarrier = [](sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); },
    .xShmUnmap = [](sqlite3_file* file, int remove) { return real(file)->pMethods->xShmUnmap(real(file), remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int openFile(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* outFlags)
{
    auto* ours = reinterpret_cast<File*>(file);
    ours->base.pMethods = nullptr; // nothing to be closed, should it fail
    if (const int code = meet(Call::open); code != SQLITE_OK)
        return code;
    const int code = usual->xOpen(usual, path, real(file), flags, outFlags);
    if (real(file)->pMethods)
        ours->base.pMethods = &methods;
    ours->path = path;
    ours->isNew = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
    if (code == SQLITE_OK)
        record(Change::Kind::create, path);
    return code;
}

int removeFile(sqlite3_vfs*, const char* path, int syncsFolder)
{
    if (const int code = meet(Call::remove); code != SQLITE_OK)
        return code;
    const int code = usual->xDelete(usual, path, 0);
    if (code == SQLITE_OK)
        record(Change::Kind::remove, path);
    if (code == SQLITE_OK && syncsFolder != 0)
        record(Change::Kind::syncFolder, path);
    return code;
}

sqlite3_mem_methods usualMemory{};

void installMemory()
{
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usualMemory);
    static sqlite3_mem_methods ours = usualMemory;
    ours.xMalloc = [](int size) { return meet(Call::allocate) == SQLITE_OK ? usualMemory.xMalloc(size) : nullptr; };
    ours.xRealloc = [](void* memory, int size) {
        return meet(Call::allocate) == SQLITE_OK ? usualMemory.xRealloc(memory, size) : nullptr;
    };
    sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
}

} // namespace

void installFaultySystem()
{
    installMemory();
    usual = sqlite3_vfs_find(nullptr);
    static sqlite3_vfs ours = *usual;
    ours.szOsFile = static_cast<int>(sizeof(File)) + usual->szOsFile;
    ours.zName = "faulty";
    ours.pNext = nullptr;
    ours.xOpen = openFile;
    ours.xDelete = removeFile;
    ours.xSleep = [](sqlite3_vfs*, int microseconds) {
        return state.fault ? microseconds : usual->xSleep(usual, microseconds);
    };
    sqlite3_vfs_register(&ours, 1);
}

void breakSystem(const Fault& fault, int n)
{
    state.fault = fault;
    state.at = n;
    state.seen = 0;
}

bool mendSystem()
{
    const bool met = state.fault && state.seen >= state.at;
    state.fault.reset();
    return met;
}

void recordChanges()
{
    state.changes.clear();
    state.records = true;
}

const std::vector<Change>& changes()
{
    return state.changes;
}

void stopRecording()
{
    state.records = false;
}

} // namespace spacewright::faults
