// Who trains a model: a process, told apart from earlier ones that had the same number.
#pragma once
#include <string>

namespace spacewright {

/// "host/process/start", the start in clock ticks since the machine started.
std::string thisOwner();

/// Whether the owner was a process of this machine that no longer runs. Others' processes and texts that are no owner
/// cannot be judged and are never abandoned.
bool isAbandoned(const std::string& owner);

} // namespace spacewright
