// The disk and the memory below SQLite, as the tests want them: the n-th write, sync, allocation... fails, or is the
// last thing that the process does.
#pragma once
#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace spacewright::faults {

/// What SQLite asks of the system.
enum class Call { allocate, open, remove, read, write, truncate, sync, size, lock, mapMemory, lockMemory };

struct Fault {
    std::string_view name;
    std::vector<Call> calls; ///< that are counted
    int code = 0;            ///< what SQLite is told; of an allocation anything but 0
    bool half = false;       ///< of the write that fails the first half reaches the file
    bool stays = false;      ///< all later calls fail too, until the disk is well again
    bool kills = false;      ///< instead of an answer the process gets SIGKILL
    friend std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.name; }
};

/// To be called before SQLite is used for the first time. The disk waits for nothing: neither for a real sync nor,
/// where a file is locked, for time to pass.
void installFaultySystem();
/// From now on the n-th (from 1) of the fault's calls meets it.
void breakSystem(const Fault&, int n);
/// All is well again. Whether the fault was met.
bool mendSystem();

/// What was done to files, in order, since recording began.
struct Change {
    enum class Kind { create, write, truncate, sync, remove, syncFolder };
    Kind kind{};
    std::filesystem::path path;
    std::size_t offset = 0; ///< of a write; of `truncate` the size that is left
    std::string bytes;
};
void recordChanges();
const std::vector<Change>& changes(); ///< and goes on
void stopRecording();

} // namespace spacewright::faults
