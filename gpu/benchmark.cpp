// Workers that train against the clock.
#include "gpu/benchmark.h"
#include "core/network/complexity.h"
#include "gpu/batches.h"
#include "gpu/device.h"
#include "gpu/device_room.h"
#include "gpu/kernels/kernels.h"
#include "gpu/module.h"
#include <barrier>
#include <chrono>
#include <ctime>
#include <fstream>
#include <future>
#include <vector>

namespace spacewright {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Processor time of the calling thread.
double threadSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// A line of the kernel's report about this process, such as VmHWM, the most memory it ever held.
double processBytes(const std::string& name)
{
    std::ifstream report("/proc/self/status");
    for (std::string word; report >> word;)
        if (double kibibytes = 0; word == name + ":" && report >> kibibytes)
            return 1024 * kibibytes;
    return 0;
}

DataSet randomImages(const Network& network, int count)
{
    Random random(1, 0);
    DataSet data;
    ImageSet& set = data.training;
    set.count = count;
    set.channels = network.inputChannels;
    set.size = network.resolution;
    set.classes = std::min(network.classes, 256);
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(count) * set.valuesPerImage());
    for (std::uint8_t& pixel : pixels)
        pixel = static_cast<std::uint8_t>(random.below(256));
    set.pixels = std::move(pixels);
    for (int i = 0; i < count; ++i)
        set.labels.push_back(static_cast<std::uint8_t>(i % set.classes));
    data.mean.assign(set.channels, 0.5f);
    data.deviation.assign(set.channels, 0.29f);
    return data;
}

/// One training, its state from step to step.
class Run {
public:
    Run(const TrainingBenchmark& benchmark, const Device& device, const std::vector<Layer>& list, const DataSet& data)
        : m_batches(data.training, data, benchmark.batch),
          m_module(makeModule(list, initialState(list, Random(1, 1)), device))
    {
    }
    void step()
    {
        ++m_step;
        m_batches.load(m_step % m_batches.whole(), Random(1, m_step));
        m_module->trainOn(m_batches.choice(), m_batches.labels(), 0);
        m_module->update(0.01, 0.9, 5e-5);
    }

private:
    Batches m_batches;
    std::unique_ptr<Module> m_module;
    int m_step = 0;
};

double peakMultiplyAddsPerCoreSecond()
{
    constexpr std::int64_t rounds = 1'000'000;
    double best = 0;
    for (int attempt = 0; attempt < 5; ++attempt) {
        const double start = threadSeconds();
        [[maybe_unused]] volatile float result = kernels().peak.run(rounds);
        best = std::max(best, static_cast<double>(rounds * kernels().peak.perRound) / (threadSeconds() - start));
    }
    return best;
}

} // namespace

TrainingSpeed trainingSpeed(const TrainingBenchmark& benchmark)
{
    constexpr int warmUp = 5; // on a GPU the fourth step is recorded
    const Device device{.name = chosenDevices(benchmark.device).front(),
                        .reference = benchmark.reference,
                        .precision = benchmark.precision};
    keepFreedMemory();
    const std::vector<Layer> list = layers(benchmark.network);
    const DataSet data = randomImages(benchmark.network, 8 * benchmark.batch);
    TrainingSpeed speed{.onGpu = device.name != "cpu"};
    if (!speed.onGpu)
        speed.peakMultiplyAddsPerCoreSecond = peakMultiplyAddsPerCoreSecond();
    const std::unique_ptr<DeviceMemory> memory = openMemory(device.name);
    if (memory)
        memory->takePeak(); // counts from here on
    const double bytesBefore = memory ? 0 : processBytes("VmRSS");

    struct Work {
        double images = 0, seconds = 0, processorSeconds = 0;
    };
    std::barrier together(benchmark.workers);
    const auto work = [&]() -> Work {
        std::shared_ptr<void> onDevice;
        std::unique_ptr<Run> run;
        std::exception_ptr problem;
        try {
            onDevice = enterDevice(device.name);
            run = std::make_unique<Run>(benchmark, device, list, data);
            for (int i = 0; i < warmUp; ++i)
                run->step();
        } catch (...) {
            problem = std::current_exception();
        }
        together.arrive_and_wait(); // also after a problem: the others wait
        if (problem)
            std::rethrow_exception(problem);
        const Clock::time_point start = Clock::now();
        const double processorStart = threadSeconds();
        double images = 0;
        do {
            run->step();
            images += benchmark.batch;
        } while (secondsSince(start) < benchmark.seconds);
        return {images, secondsSince(start), threadSeconds() - processorStart};
    };
    std::vector<std::future<Work>> workers;
    for (int i = 0; i < benchmark.workers; ++i)
        workers.push_back(std::async(std::launch::async, work));
    Work sum;
    for (std::future<Work>& worker : workers) {
        const Work done = worker.get();
        speed.imagesPerSecond += done.images / done.seconds;
        sum.images += done.images;
        sum.processorSeconds += done.processorSeconds;
    }
    const double perImage = 3 * static_cast<double>(complexity(benchmark.network).flops);
    speed.imagesPerCoreSecond = sum.images / sum.processorSeconds;
    speed.multiplyAddsPerCoreSecond = perImage * speed.imagesPerCoreSecond;
    speed.multiplyAddsPerSecond = perImage * speed.imagesPerSecond;
    const double bytes = memory ? static_cast<double>(memory->takePeak()) : processBytes("VmHWM");
    speed.bytesPerWorker = std::max(0.0, bytes - bytesBefore) / benchmark.workers;
    return speed;
}

} // namespace spacewright
