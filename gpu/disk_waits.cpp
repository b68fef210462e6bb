// Counts the workers that wait.
#include "gpu/disk_waits.h"

namespace spacewright {

std::optional<DiskWaits::Notice> DiskWaits::take(const Event& event)
{
    if (const auto* waits = std::get_if<WaitsForDisk>(&event)) {
        const bool first = m_waiting.empty();
        m_waiting.insert(waits->worker);
        if (first)
            return Notice{waits->sentence + " Training waits with all it has, and goes on by itself.", true};
    } else if (const auto* goesOn = std::get_if<GoesOn>(&event)) {
        if (m_waiting.erase(goesOn->worker) > 0 && m_waiting.empty())
            return Notice{"The disk takes what is written again: training goes on.", false};
    } else if (const auto* stopped = std::get_if<WorkerStopped>(&event)) {
        m_waiting.erase(stopped->worker);
    } else if (const auto* ended = std::get_if<HelperEnded>(&event)) {
        m_waiting.erase(ended->worker);
    }
    return std::nullopt;
}

} // namespace spacewright
