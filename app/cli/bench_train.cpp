// bench train: images per second of a training step.
#include "app/cli/bench.h"
#include "app/cli/network_file.h"
#include "app/cli/output.h"
#include "app/cli/recipe_options.h"
#include "core/error.h"
#include "gpu/engine.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    TrainingBenchmark training;
    std::string network;
    bool json = false;
};

std::vector<Measured> rowsOf(const TrainingSpeed& speed, double mebibytes, double share)
{
    const Measured train{"train", speed.imagesPerSecond, "images_per_second"},
        memory{"memory", mebibytes, "mebibytes_per_worker"};
    if (speed.onGpu)
        return {train, {"train_rate", 2e-9 * speed.multiplyAddsPerSecond, "gflops"}, memory};
    return {train,
            {"train_core", speed.imagesPerCoreSecond, "images_per_core_second"},
            {"peak_share", share, "percent"},
            {"peak", 2e-9 * speed.peakMultiplyAddsPerCoreSecond, "gflops_per_core"},
            memory};
}

void benchTraining(Options options)
{
    options.training.network = networkIn(options.network).network;
    const TrainingSpeed speed = training().benchmark(options.training);
    const double share = 100 * speed.multiplyAddsPerCoreSecond / speed.peakMultiplyAddsPerCoreSecond;
    const double mebibytes = speed.bytesPerWorker / (1 << 20);
    if (options.json)
        return print(rowsOf(speed, mebibytes, share), true);
    std::cout << fixed(speed.imagesPerSecond, 0) << " images per second; ";
    if (speed.onGpu)
        std::cout << fixed(2e-9 * speed.multiplyAddsPerSecond, 0) << " GFLOP/s; ";
    else
        std::cout << fixed(speed.imagesPerCoreSecond, 0) << " per second of a core's time, "
                  << fixed(2e-9 * speed.multiplyAddsPerCoreSecond, 1) << " of the "
                  << fixed(2e-9 * speed.peakMultiplyAddsPerCoreSecond, 1) << " GFLOP/s that it can do ("
                  << fixed(share, 1) << " %); ";
    std::cout << fixed(mebibytes, 0) << " MiB per worker\n";
}

} // namespace

void addBenchTrain(CLI::App& bench)
{
    const auto options = std::make_shared<Options>();
    CLI::App* train = bench.add_subcommand("train", "Train a network on random images against the clock");
    train->add_option("--network", options->network, "The network: this program's JSON, a golden file or a pycls YAML")
        ->required();
    train->add_option("--batch", options->training.batch, "Images in a batch")
        ->check(CLI::Range(1, 65536))
        ->capture_default_str();
    train->add_option("--workers", options->training.workers, "Trainings side by side, one thread each")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    train->add_option("--seconds", options->training.seconds, "How long to measure")
        ->check(CLI::Range(0.1, 3600.0))
        ->capture_default_str();
    addPrecisionOption(*train, options->training.precision);
    addDeviceOption(*train, options->training.device);
    train->add_flag("--reference", options->training.reference,
                    "Plain LibTorch instead of the compiled or the fused step");
    addJsonFlag(*train, options->json);
    train->callback([options] { benchTraining(*options); });
}

} // namespace spacewright
