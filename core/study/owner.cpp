// Who trains a model, read off /proc.
#include "core/study/owner.h"
#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <unistd.h>

namespace spacewright {
namespace {

std::string host()
{
    std::array<char, 256> name{};
    gethostname(name.data(), name.size() - 1);
    return name.data();
}

struct ProcessStatus {
    char state = ' ';
    std::string start;
};

/// Fields 3 and 22 of /proc/PID/stat; none when it cannot be read. The name in field 2 may hold spaces and
/// parentheses, so counting begins behind the last one.
std::optional<ProcessStatus> statusOf(pid_t process)
{
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto nameEnd = text.rfind(')');
    if (nameEnd == std::string::npos)
        return std::nullopt;
    std::istringstream rest(text.substr(nameEnd + 1));
    ProcessStatus status;
    rest >> status.state;
    for (int field = 4; field <= 22; ++field)
        rest >> status.start;
    return rest ? std::optional(status) : std::nullopt;
}

} // namespace

std::string thisOwner()
{
    const auto status = statusOf(getpid());
    return host() + "/" + std::to_string(getpid()) + "/" + (status ? status->start : "?");
}

bool isAbandoned(const std::string& owner)
{
    const auto startAt = owner.rfind('/');
    const auto processAt = owner.rfind('/', startAt - 1);
    if (startAt == std::string::npos || processAt == std::string::npos || owner.substr(0, processAt) != host())
        return false;
    pid_t process = 0;
    std::istringstream(owner.substr(processAt + 1)) >> process;
    if (process <= 0)
        return false;
    if (kill(process, 0) != 0 && errno == ESRCH)
        return true;
    // Where another user's /proc is hidden the process lives, and that is all there is to know.
    const auto status = statusOf(process);
    return status && (status->state == 'Z' || status->state == 'X' || status->start != owner.substr(startAt + 1));
}

} // namespace spacewright
