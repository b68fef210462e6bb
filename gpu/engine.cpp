// The engine: puts workers on threads, and the one symbol that the rest of the program looks up.
#include "gpu/engine.h"
#include "gpu/answers.h"
#include "gpu/benchmark.h"
#include "gpu/device.h"
#include "gpu/evaluation.h"
#include "gpu/verify.h"
#include "gpu/worker.h"
#include <algorithm>
#include <thread>

namespace spacewright {

namespace {

/// One per core on a CPU, one on a GPU.
int workersFor(const std::string& device)
{
    return device == "cpu" ? static_cast<int>(std::max(1u, std::thread::hardware_concurrency())) : 1;
}

class WorkerEngine : public Engine {
public:
    WorkerEngine(const EngineOptions& options, const std::string& device, std::function<void(const Event&)> onEvent)
        : m_crew(options, device, std::move(onEvent))
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
        for (const int worker : m_crew.setWorkers(n > 0 ? n : workersFor(device()))) {
            m_threads.resize(std::max(m_threads.size(), static_cast<std::size_t>(worker) + 1));
            m_threads[static_cast<std::size_t>(worker)] = std::jthread([this, worker] { work(m_crew, worker); });
        }
    }
    void setShare(double share) override { m_crew.setShare(share); }
    void setSecondsLeft(std::optional<double> seconds) override { m_crew.setSecondsLeft(seconds); }
    int workers() const override { return m_crew.workers(); }
    std::string device() const override { return m_crew.device(); }

private:
    Crew m_crew;
    std::vector<std::jthread> m_threads; // last: joined before anything else goes
};

class LibTorchTraining : public Training {
public:
    std::unique_ptr<Engine> start(const EngineOptions& options, std::function<void(const Event&)> onEvent) override
    {
        const std::string device = resolveDevice(options.device);
        keepFreedMemory();
        return std::make_unique<WorkerEngine>(options, device, std::move(onEvent));
    }
    std::int64_t countWrong(const EvaluationJob& job) override { return spacewright::countWrong(job); }
    std::vector<float> answers(const Weighted& network, const std::vector<float>& images) override
    {
        return spacewright::answers(network, images);
    }
    std::vector<float> fileAnswers(const std::filesystem::path& path, const Weighted& network,
                                   const std::vector<float>& images) override
    {
        return spacewright::fileAnswers(path, network, images);
    }
    std::vector<DeviceInfo> devices() override { return spacewright::devices(); }
    TrainingSpeed benchmark(const TrainingBenchmark& benchmark) override { return trainingSpeed(benchmark); }
    GoldenErrors verify(const std::filesystem::path& path) override { return verifyGolden(path); }
    GoldenErrors verifyItself() override { return spacewright::verifyItself(); }
    std::string versions() override { return spacewright::versions(); }
};

} // namespace

extern "C" Training* spacewrightTraining()
{
    static LibTorchTraining training;
    return &training;
}

} // namespace spacewright
