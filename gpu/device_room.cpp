// Adds up what the trainings on a device need.
#include "gpu/device_room.h"
#include <algorithm>

namespace spacewright {

bool DeviceRoom::enter(int worker, std::int64_t counted)
{
    constexpr double usable = 0.9; // the rest is lost between blocks
    const bool alone = m_trainings.empty();
    if (m_memory && !alone &&
        static_cast<double>(m_forecast.bytes(this->counted() + counted)) >
            usable * static_cast<double>(m_memory->available()))
        return false;
    m_trainings[worker] = {counted, alone};
    for (auto& [other, training] : m_trainings)
        training.alone = alone;
    m_most = std::max(m_most, this->counted());
    return true;
}

void DeviceRoom::leave(int worker)
{
    if (m_trainings.erase(worker) == 0)
        return;
    ++m_departures;
    if (m_memory)
        m_forecast.learn(m_most, m_memory->takePeak());
    m_most = counted();
}

bool DeviceRoom::leaveFull(int worker)
{
    const auto training = m_trainings.find(worker);
    const bool shared = training != m_trainings.end() && !training->second.alone;
    leave(worker);
    if (shared)
        m_forecast.raise();
    return shared;
}

std::int64_t DeviceRoom::counted() const
{
    std::int64_t sum = 0;
    for (const auto& [worker, training] : m_trainings)
        sum += training.counted;
    return sum;
}

} // namespace spacewright
