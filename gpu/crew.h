// What the workers of one engine share: the data set, the wish to pause or stop, the limits of results and of time.
#pragma once
#include "core/data/image_set.h"
#include "gpu/engine.h"
#include <atomic>
#include <condition_variable>
#include <chrono>
#include <future>
#include <map>
#include <mutex>
#include <set>

namespace spacewright {

class Crew {
public:
    /// `device` is resolved already. Reads nothing: the first worker does, so that starting never waits for the disk.
    Crew(EngineOptions, std::string device, std::function<void(const Event&)> onEvent);

    void pause(bool);
    bool paused() const;
    void stop();
    /// The workers that are missing, numbered from 0; the caller starts them.
    std::vector<int> setWorkers(int);
    int workers() const;
    void setShare(double);
    void setSecondsLeft(std::optional<double>);

    const EngineOptions& options() const { return m_options; }
    const std::string& device() const { return m_device; }
    void say(const Event& event) const { m_onEvent(event); }

    /// The data set of the study, read once; before that, models that a dead process left running wait again. Throws
    /// Error where it cannot be read, or the device has not the study's precision.
    const DataSet& data() const { return *m_data.get(); }
    /// Rests after the batch that the worker has done and waits while paused; false when the worker is to stop.
    bool goOn(int worker);
    /// How many models may still be claimed, the one that is now claimed included; counts it.
    std::int64_t claimsLeft();
    /// None without a time budget.
    std::optional<double> secondsLeft() const;
    double share() const;
    /// The worker's last words. False when it is to begin again: the number of workers was raised meanwhile.
    bool leave(int worker, const std::string& problem);

private:
    using Clock = std::chrono::steady_clock;
    void rest(std::unique_lock<std::mutex>&, int worker);
    bool wants(int worker) const; ///< the lock is held

    const EngineOptions m_options;
    const std::string m_device;
    const std::function<void(const Event&)> m_onEvent;
    const std::shared_future<std::shared_ptr<const DataSet>> m_data;
    std::atomic<std::int64_t> m_claims{0};

    mutable std::mutex m_mutex; ///< guards all below
    std::condition_variable m_changed;
    bool m_paused = false;
    bool m_stopped = false;
    int m_workers = 0;
    double m_share;
    std::optional<Clock::time_point> m_deadline;
    std::set<int> m_present, m_surplus; ///< workers that run; those of them that were told to stop as too many
    std::map<int, Clock::time_point> m_busySince; ///< when each worker's batch began
    std::mutex m_leaving; ///< held while a worker says its last words, so that the last is the last
};

} // namespace spacewright
