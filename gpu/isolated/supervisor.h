// The engine of isolated workers: orders come from any thread, one thread supervises the helper processes.
#pragma once
#include "core/study/lease.h"
#include "gpu/isolated/crashes.h"
#include "gpu/isolated/helper_process.h"
#include <future>
#include <mutex>
#include <sys/eventfd.h>
#include <thread>

namespace spacewright {

/// A helper process for each worker: one per core on a CPU, one per GPU, unless `workers` says more. What ends one of
/// them (a crash, want of memory) ends neither this program nor the others. It is started again after a second, then
/// two, four, up to a minute, and after a second again once it got a result; its model waits again at once, and one
/// that was being trained in three crashes has failed. One that hangs, so that it does not even say that it lives, is
/// killed, which counts as a crash.
class Supervisor final : public Engine {
public:
    using Clock = LeaseWatch::Clock;
    /// Throws Error when the first helper cannot begin.
    Supervisor(const EngineOptions&, std::function<void(const Event&)> onEvent,
               Clock::duration longestSilence = LeaseWatch::term);
    ~Supervisor() override;

    void pause() override
    {
        change([](Wanted& w) { w.orders.paused = true; });
    }
    void resume() override
    {
        change([](Wanted& w) { w.orders.paused = false; });
    }
    void requestStop() override
    {
        change([](Wanted& w) { w.orders.stopped = true; });
    }
    bool paused() const override { return wanted().orders.paused; }
    void setWorkers(int n) override;
    void setShare(double share) override
    {
        change([&](Wanted& w) { w.orders.share = share; });
    }
    void setSecondsLeft(std::optional<double>) override;
    int workers() const override { return wanted().workers; }
    std::string device() const override { return m_device; }

private:
    struct Wanted {
        Orders orders;
        int workers = 1;
        int asked = 0; ///< how often their number was set: missing ones are then to begin
    };
    /// A worker's place: the process in it, and what it is known to do.
    struct Helper {
        std::unique_ptr<HelperProcess> process; ///< none while it waits to be started
        Clock::time_point startAt{};
        Clock::duration delay = std::chrono::seconds(1); ///< before the start after the next crash
        Orders told;
        std::optional<ModelId> model;
        std::int64_t signsOfLife = 0;          ///< lines that were heard
        bool hung = false;                     ///< and was killed
        std::int64_t granted = 0, results = 0; ///< where their number is limited
        std::optional<std::string> lastWords;  ///< its problem, or empty: it ended by itself
        bool over = false;                     ///< it is not started again, because of this problem, or of none:
        std::string problem;
    };

    Wanted wanted() const
    {
        const std::lock_guard lock(m_mutex);
        return m_wanted;
    }
    template <typename Function>
    void change(Function function)
    {
        const std::lock_guard lock(m_mutex);
        function(m_wanted);
        eventfd_write(m_wake, 1);
    }
    static std::optional<double> secondsLeft(const Orders&);
    static Orders ordersFor(int worker, const Wanted&);

    // The watcher's thread (supervision.cpp):
    void watch();
    void attendAll(const Wanted&);
    void attend(int worker, const Wanted&);
    bool goesOn(int worker, const Wanted&) const;
    void start(int worker, const Wanted&);
    void waitForSomething(const Wanted&);
    void listen(int worker);
    void hear(int worker, Event);
    void endThoseThatHang();
    void bury(int worker);
    std::string endOf(Helper&) const;
    void crashed(int worker, const std::string& what);
    std::string settle(int worker, const std::string& what);
    void leave(int worker);

    const EngineOptions m_options;
    const std::function<void(const Event&)> m_onEvent;
    std::promise<std::string> m_ready; ///< the devices
    std::string m_device;
    const int m_wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

    // The watcher's:
    Crashes m_crashes;
    const Clock::duration m_longestSilence;
    LeaseWatch m_lives;
    std::map<int, Helper> m_helpers;
    std::vector<std::string> m_devices; ///< empty until the first helper is ready
    std::int64_t m_left;                ///< results that no helper was granted yet
    int m_asked = 0;

    mutable std::mutex m_mutex; ///< guards m_wanted
    Wanted m_wanted;

    std::thread m_watcher;
};

} // namespace spacewright
