// What the training library offers, behind the one symbol that the rest of the program looks up.
#include "gpu/engine.h"
#include "gpu/answers.h"
#include "gpu/benchmark.h"
#include "gpu/device.h"
#include "gpu/evaluation.h"
#include "gpu/layer_times.h"
#include "gpu/verify.h"
#include "gpu/worker_engine.h"

namespace spacewright {

namespace {

class LibTorchTraining : public Training {
public:
    std::unique_ptr<Engine> start(const EngineOptions& options, std::function<void(const Event&)> onEvent) override
    {
        const Equipment equipment{.devices = chosenDevices(options.device)};
        keepFreedMemory();
        return startWorkers(options, equipment, std::move(onEvent));
    }
    std::int64_t countWrong(const EvaluationJob& job) override { return spacewright::countWrong(job); }
    std::vector<Answer> classify(const EvaluationJob& job) override { return spacewright::classify(job); }
    std::vector<double> layerSeconds(const Network& network) override { return spacewright::layerSeconds(network); }
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
    GoldenErrors verify(const std::filesystem::path& path, const std::string& device) override
    {
        const std::string chosen = chosenDevices(device).front();
        const std::shared_ptr<void> onDevice = enterDevice(chosen);
        return verifyGolden(path, {chosen});
    }
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
