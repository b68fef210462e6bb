// One thread for each worker.
#include "gpu/worker_engine.h"
#include "core/study/study_keeper.h"
#include "gpu/worker.h"
#include <spdlog/spdlog.h>
#include <algorithm>
#include <thread>

namespace spacewright {

namespace {

/// One per core, which is what a CPU can compute. On a GPU networks that do not fit its memory wait; more than a few
/// fill its multiprocessors, and each takes some of a core to be fed.
int workersFor(const std::vector<std::string>& devices)
{
    constexpr int mostOnGpu = 8;
    const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency())),
              count = static_cast<int>(devices.size());
    return devices.front() == "cpu" ? cores : std::clamp(cores, count, mostOnGpu * count);
}

class WorkerEngine : public Engine {
public:
    WorkerEngine(const EngineOptions& options, const Equipment& equipment, std::function<void(const Event&)> onEvent)
        : m_crew(options, equipment, std::move(onEvent)),
          m_keeper(options.study, [](const std::string& text) { spdlog::warn(text); })
    {
        setWorkers(options.workers);
    }
    ~WorkerEngine() override { m_crew.stop(); }

    void pause() override { m_crew.pause(true); }
    void resume() override { m_crew.pause(false); }
    void requestStop() override { m_crew.stop(); }
    bool paused() const override { return m_crew.paused(); }
    void setWorkers(int n) final // called by the constructor
    {
        for (const int worker : m_crew.setWorkers(n > 0 ? n : workersFor(m_crew.equipment().devices))) {
            m_threads.resize(std::max(m_threads.size(), static_cast<std::size_t>(worker) + 1));
            m_threads[static_cast<std::size_t>(worker)] = std::jthread([this, worker] { work(m_crew, worker); });
        }
    }
    void setShare(double share) override { m_crew.setShare(share); }
    void setSecondsLeft(std::optional<double> seconds) override { m_crew.setSecondsLeft(seconds); }
    void setOtherWorkers(int n) override { m_crew.setOtherWorkers(n); }
    int workers() const override { return m_crew.workers(); }
    std::string device() const override
    {
        std::string names;
        for (const std::string& device : m_crew.equipment().devices)
            names += (names.empty() ? "" : ", ") + device;
        return names;
    }

private:
    Crew m_crew;
    StudyKeeper m_keeper;
    std::vector<std::jthread> m_threads; // last: joined before anything else goes
};

} // namespace

std::unique_ptr<Engine> startWorkers(const EngineOptions& options, const Equipment& equipment,
                                     std::function<void(const Event&)> onEvent)
{
    return std::make_unique<WorkerEngine>(options, equipment, std::move(onEvent));
}

} // namespace spacewright
