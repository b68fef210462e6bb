// Beats that stand still.
#include "core/study/lease.h"
#include <algorithm>

namespace spacewright {

std::vector<std::string> LeaseWatch::expired(const std::map<std::string, std::int64_t>& beats, Clock::time_point now)
{
    std::erase_if(m_seen, [&](const auto& seen) { return !beats.contains(seen.first); });
    std::vector<std::string> owners;
    for (const auto& [owner, count] : beats) {
        const auto [place, isNew] = m_seen.try_emplace(owner, Sight{count, now});
        Sight& sight = place->second;
        if (sight.beats == count)
            sight.still += std::min<Clock::duration>(now - sight.last, longestLook());
        else
            sight = {count, now};
        sight.last = now;
        if (sight.still >= m_term)
            owners.push_back(owner);
    }
    return owners;
}

} // namespace spacewright
