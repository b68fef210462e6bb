// Other programs, run without a shell: their arguments are taken as they are.
#pragma once
#include <functional>
#include <string>
#include <vector>

namespace spacewright {

struct CommandResult {
    int code = -1; ///< 128 + the signal where one ended it
    std::string out, err;
    bool timedOut = false;
};
/// Runs a program with its arguments. Throws Error where it cannot be started. Tests bring their own.
using RunCommand = std::function<CommandResult(const std::vector<std::string>&)>;

/// On this machine, or over ssh with the user's own configuration; killed after `seconds`.
RunCommand commandsOn(const std::string& host = {}, double seconds = 60);

/// As a POSIX shell takes it for one word.
std::string shellWord(const std::string&);

} // namespace spacewright
