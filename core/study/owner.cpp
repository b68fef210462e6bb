// Who trains a model, read off /proc.
#include "core/study/owner.h"
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string_view>
#include <unistd.h>

namespace spacewright {
namespace {

std::string host()
{
    std::array<char, 256> name{}, space{};
    gethostname(name.data(), name.size() - 1);
    const std::string_view ofMachine = "pid:[4026531836]"; // PROC_PID_INIT_INO in Linux' include/linux/proc_ns.h
    const bool known = readlink("/proc/self/ns/pid", space.data(), space.size() - 1) > 5;
    if (!known || space.data() == ofMachine)
        return name.data();
    const std::string_view number(space.data() + 5); // behind "pid:["
    return name.data() + ("@" + std::string(number.substr(0, number.find(']'))));
}

struct OwnerParts {
    std::string host, start;
    pid_t process = 0;
};

/// None for a text that is no owner.
std::optional<OwnerParts> partsOf(const std::string& owner)
{
    const auto startAt = owner.rfind('/');
    if (startAt == std::string::npos || startAt == 0)
        return std::nullopt;
    const auto processAt = owner.rfind('/', startAt - 1);
    if (processAt == std::string::npos)
        return std::nullopt;
    OwnerParts parts{owner.substr(0, processAt), owner.substr(startAt + 1)};
    std::istringstream(owner.substr(processAt + 1)) >> parts.process;
    return parts.process > 0 ? std::optional(parts) : std::nullopt;
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

bool isOfThisMachine(const std::string& owner)
{
    const auto parts = partsOf(owner);
    return parts && parts->host == host();
}

bool isAbandoned(const std::string& owner)
{
    const auto parts = partsOf(owner);
    if (!parts || parts->host != host())
        return false;
    if (kill(parts->process, 0) != 0 && errno == ESRCH)
        return true;
    // Where another user's /proc is hidden the process lives, and that is all there is to know.
    const auto status = statusOf(parts->process);
    return status && (status->state == 'Z' || status->state == 'X' || status->start != parts->start);
}

std::string asFileName(std::string owner)
{
    std::ranges::replace(owner, '/', ',');
    return owner;
}

std::string ownerFromFileName(std::string name)
{
    std::ranges::replace(name, ',', '/');
    return name;
}

} // namespace spacewright
