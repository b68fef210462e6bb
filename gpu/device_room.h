// The trainings that share a device's memory, and whether another one fits beside them.
#pragma once
#include "core/schedule/memory_forecast.h"
#include <map>
#include <memory>
#include <string>

namespace spacewright {

/// A device's memory as its allocator reports it, without what the data set takes.
class DeviceMemory {
public:
    virtual ~DeviceMemory() = default;
    virtual std::int64_t available() const = 0; ///< bytes for trainings, those that run already included
    /// The most that trainings held since the last call; what none of them holds any more goes back to the device.
    virtual std::int64_t takePeak() = 0;
};

/// Null for a CPU, where the system's memory is for all.
std::unique_ptr<DeviceMemory> openMemory(const std::string& device);

/// Whoever shares it locks.
class DeviceRoom {
public:
    /// Without a memory everything fits.
    explicit DeviceRoom(std::unique_ptr<DeviceMemory> memory) : m_memory(std::move(memory)) {}

    /// Takes room for the worker's training of `counted` bytes (memoryNeed); false when others must end first. A
    /// training that is alone on its device always fits: whether it does cannot be known better than by trying.
    bool enter(int worker, std::int64_t counted);
    /// Its training has ended; the forecast learns from what was held.
    void leave(int worker);
    /// The same because memory ran out. True where the training was not alone all the time, so that it may fit by
    /// itself; then more is expected from now on.
    bool leaveFull(int worker);

    int trainings() const { return static_cast<int>(m_trainings.size()); }
    int departures() const { return m_departures; } ///< so far

private:
    struct Training {
        std::int64_t counted = 0;
        bool alone = true; ///< since it began
    };
    std::int64_t counted() const;

    std::unique_ptr<DeviceMemory> m_memory;
    MemoryForecast m_forecast;
    std::map<int, Training> m_trainings; ///< by worker
    std::int64_t m_most = 0;             ///< counted at once since the peak was taken
    int m_departures = 0;
};

} // namespace spacewright
