// Models that end their process again and again.
#include "gpu/isolated/crashes.h"
#include "core/error.h"
#include <csignal>
#include <cstring>
#include <limits>
#include <sys/wait.h>

namespace spacewright {

namespace {

constexpr int mostCrashes = 3;

/// Claims this very model, if it still waits, and ends it.
void fail(Study& study, ModelId id, const std::string& reason)
{
    const auto claimed = study.claimNext(std::numeric_limits<std::int64_t>::max(),
                                         [id](const std::vector<Model>& waiting) -> std::optional<std::size_t> {
                                             for (std::size_t place = 0; place < waiting.size(); ++place)
                                                 if (waiting[place].id == id)
                                                     return place;
                                             return std::nullopt;
                                         });
    if (!claimed)
        return;
    study.finish(id, ModelState::failed, {}, reason, 0, 0);
}

} // namespace

std::string endText(int status)
{
    if (!WIFSIGNALED(status))
        return "ended by itself with exit code " + std::to_string(WEXITSTATUS(status));
    const int signal = WTERMSIG(status);
    if (signal == SIGKILL)
        return "was killed (signal 9, SIGKILL; the system does that where memory runs out)";
    const char* name = sigabbrev_np(signal);
    return "was ended by signal " + std::to_string(signal) + (name ? std::string(" (SIG") + name + ")" : "");
}

std::optional<Model> Crashes::settle(std::optional<ModelId> id, const std::string& reason)
{
    const bool tooOften = id && ++m_count[*id] >= mostCrashes;
    try {
        Study study(m_study, Study::Access::readWrite);
        study.releaseAbandoned();
        if (tooOften) {
            fail(study, *id, reason);
            m_count.erase(*id); // who tries it again means it
        }
        return id ? std::optional(study.model(*id)) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

} // namespace spacewright
