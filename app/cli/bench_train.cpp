// bench train: images per second of a training step.
#include "app/cli/bench.h"
#include "app/cli/network_file.h"
#include "app/cli/output.h"
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

void benchTraining(Options options)
{
    options.training.network = networkIn(options.network).network;
    const TrainingSpeed speed = training().benchmark(options.training);
    if (options.json)
        return print(std::vector<Measured>{{"train", speed.imagesPerSecond, "images_per_second"}}, true);
    std::cout << fixed(speed.imagesPerSecond, 0) << " images per second; "
              << fixed(2e-9 * speed.multiplyAddsPerSecond, 1) << " of "
              << fixed(2e-9 * speed.peakMultiplyAddsPerSecond, 1) << " GFLOP/s that these cores can do ("
              << fixed(100 * speed.multiplyAddsPerSecond / speed.peakMultiplyAddsPerSecond, 1) << " %)\n";
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
    train->add_flag("--reference", options->training.reference, "Plain LibTorch instead of the compiled step");
    addJsonFlag(*train, options->json);
    train->callback([options] { benchTraining(*options); });
}

} // namespace spacewright
