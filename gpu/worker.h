// READ FIRST. The background thread that trains: claim -> train -> record -> say so.
//
//   claim   the study gives this worker a waiting model (one transaction: no two workers get the same)
//   train   trainer.h, one network on one device; before every batch the crew is asked whether to go on
//   record  each epoch and the result go into the study, the weights into a checkpoint beside it
//   say so  events on this thread; whoever listens takes them to his own
//
// A network that cannot be trained (no memory) is a failed model, and the worker takes the next one. What keeps the
// study from being written (a full disk) ends the worker with a sentence, after giving its model back.
#pragma once
#include "core/data/image_set.h"
#include "gpu/engine.h"
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>

namespace spacewright {

/// What the workers of one engine share: the data set, the wish to pause or stop, the limit of results.
class Crew {
public:
    /// `device` is resolved already. Reads nothing: the first worker does, so that starting never waits for the disk.
    Crew(EngineOptions, int workers, std::string device, std::function<void(const Event&)> onEvent);

    void pause(bool);
    bool paused() const;
    void stop();

    const EngineOptions& options() const { return m_options; }
    const std::string& device() const { return m_device; }
    void say(const Event& event) const { m_onEvent(event); }

    /// The data set of the study, read once; before that, models that a dead process left running wait again.
    const DataSet& data() const { return *m_data.get(); }
    /// Waits while paused; false when the workers are to stop.
    bool goOn();
    /// Whether one more model may be trained; counts it.
    bool mayClaim();
    /// The worker's last words.
    void leave(int worker, const std::string& problem);

private:
    const EngineOptions m_options;
    const std::string m_device;
    const std::function<void(const Event&)> m_onEvent;
    const std::shared_future<std::shared_ptr<const DataSet>> m_data;
    std::atomic<std::int64_t> m_claims{0};

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_paused = false;  // guarded by m_mutex
    bool m_stopped = false; // guarded by m_mutex
    std::mutex m_leaving;
    int m_present; // guarded by m_leaving
};

/// The body of one thread. Throws nothing; a problem becomes the text of its WorkerStopped.
void work(Crew&, int worker);

} // namespace spacewright
