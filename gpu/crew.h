// What the workers of one engine share: the data set, the wish to pause or stop, the limits of results and of time.
#pragma once
#include "core/data/image_set.h"
#include "gpu/device_room.h"
#include "gpu/engine.h"
#include "gpu/module.h"
#include <atomic>
#include <condition_variable>
#include <chrono>
#include <future>
#include <map>
#include <mutex>
#include <set>

namespace spacewright {

/// What a crew trains on. Tests bring devices of their own.
struct Equipment {
    std::vector<std::string> devices; ///< that are there; the workers take turns in choosing one
    ModuleMaker makeModule = spacewright::makeModule;
    std::function<std::unique_ptr<DeviceMemory>(const std::string& device)> openMemory = spacewright::openMemory;
    std::chrono::milliseconds retryInterval{3000}; ///< between two attempts at what the disk, or memory, refuses
};

class Crew {
public:
    /// Reads nothing: the first worker does, so that starting never waits for the disk.
    Crew(EngineOptions, Equipment, std::function<void(const Event&)> onEvent);

    void pause(bool);
    bool paused() const;
    void stop();
    /// The workers that are missing, numbered from 0; the caller starts them.
    std::vector<int> setWorkers(int);
    int workers() const;
    void setOtherWorkers(int);
    /// Of the whole run, those in other processes included.
    int allWorkers() const;
    void setShare(double);
    void setSecondsLeft(std::optional<double>);

    const EngineOptions& options() const { return m_options; }
    const Equipment& equipment() const { return m_equipment; }
    const std::string& device(int worker) const
    {
        return m_equipment.devices[static_cast<std::size_t>(worker) % m_equipment.devices.size()];
    }
    void say(const Event& event) const { m_onEvent(event); }

    /// The data set of the study, read once. Throws Error where it cannot be read, or the device has not the study's
    /// precision.
    const DataSet& data() const { return *m_data.get(); }
    /// Rests after the batch that the worker has done and waits while paused; false when the worker is to stop.
    bool goOn(int worker);
    /// How many models may still be claimed, the one that is now claimed included; counts it.
    std::int64_t claimsLeft();
    /// None without a time budget.
    std::optional<double> secondsLeft() const;
    double share() const;

    /// Room on the worker's device for a training of so many bytes (memoryNeed); false where others must end first.
    bool takeRoom(int worker, std::int64_t bytes);
    void leaveRoom(int worker);
    /// leaveRoom because memory ran out. True where it may do for the training alone; then room counts as refused.
    bool leaveFullRoom(int worker);
    /// Waits until a training on the worker's device has ended since room was refused, or none is there; false when it
    /// is to stop.
    bool waitForRoom(int worker);

    /// Waits until it is time to try again what the disk, or the system for want of memory, refused; false when the
    /// worker is to stop.
    bool pauseBeforeRetry(int worker);

    /// The worker's last words. False when it is to begin again: the number of workers was raised meanwhile.
    bool leave(int worker, const std::string& problem);

private:
    using Clock = std::chrono::steady_clock;
    void rest(std::unique_lock<std::mutex>&, int worker);
    // The lock is held:
    bool wants(int worker) const;
    bool goesOn(int worker);
    /// Looks again when the time is over.
    void waitUntil(std::unique_lock<std::mutex>&, const std::function<bool()>&);
    DeviceRoom& room(int worker) { return m_rooms[static_cast<std::size_t>(worker) % m_rooms.size()]; }

    const EngineOptions m_options;
    const Equipment m_equipment;
    const std::function<void(const Event&)> m_onEvent;
    const std::shared_future<std::shared_ptr<const DataSet>> m_data;
    std::atomic<std::int64_t> m_claims{0};

    mutable std::mutex m_mutex; ///< guards all below
    std::condition_variable m_changed;
    bool m_paused = false;
    bool m_stopped = false;
    int m_workers = 0;
    int m_otherWorkers;
    double m_share;
    std::optional<Clock::time_point> m_deadline;
    std::set<int> m_present, m_surplus; ///< workers that run; those of them that were told to stop as too many
    std::map<int, Clock::time_point> m_busySince; ///< when each worker's batch began
    std::vector<DeviceRoom> m_rooms;              ///< by device
    std::map<int, int> m_refused;                 ///< departures from its device when a worker was refused room there
    std::mutex m_leaving; ///< held while a worker says its last words, so that the last is the last
};

} // namespace spacewright
