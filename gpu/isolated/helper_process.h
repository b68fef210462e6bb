// A process that trains, seen from the one that supervises it.
#pragma once
#include "gpu/isolated/wire.h"
#include <sys/types.h>

namespace spacewright {

/// This very program, started once more as a helper (helper.h). The destructor closes its input, upon which it stops
/// cleanly, and waits for it.
class HelperProcess {
public:
    /// Throws Error when there is no room for a process.
    explicit HelperProcess(const EngineOptions&);
    ~HelperProcess();
    HelperProcess(const HelperProcess&) = delete;
    HelperProcess& operator=(const HelperProcess&) = delete;

    int output() const { return m_output; } ///< to poll
    /// Reads what is there; whole lines are appended. False at the end of the output.
    bool read(std::vector<std::string>& lines);
    void tell(const Orders&); ///< nothing happens where it has ended
    void kill();              ///< it cannot refuse
    int wait();               ///< its status as of waitpid; once

private:
    pid_t m_process = -1;
    int m_input = -1, m_output = -1;
    std::string m_rest; ///< of a line
};

} // namespace spacewright
