// Who trains a model: a process, told apart from earlier ones that had the same number.
#pragma once
#include <string>

namespace spacewright {

/// "host/process/start", the start in clock ticks since the machine started. In a container whose processes have
/// numbers of their own the host is "name@number of that namespace", since several may share the name.
std::string thisOwner();

/// Whether the owner is, or was, a process that could be seen from here. All others are judged by their lease.
bool isOfThisMachine(const std::string& owner);

/// Whether the owner was a process of this machine that no longer runs. Others' processes and texts that are no owner
/// cannot be judged and are never abandoned.
bool isAbandoned(const std::string& owner);

/// An owner as part of a file's name, and read from one.
std::string asFileName(std::string owner);
std::string ownerFromFileName(std::string name);

} // namespace spacewright
