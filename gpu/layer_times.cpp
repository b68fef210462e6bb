// Runs the compiled step on random images, each operation against the clock.
#include "gpu/layer_times.h"
#include "core/network/complexity.h"
#include "gpu/compiled/network_program.h"
#include "gpu/kernels/kernels.h"
#include <algorithm>
#include <chrono>
#include <omp.h>

namespace spacewright {

namespace {

using compiled::NetworkProgram;

constexpr double longEnough = 0.4; // seconds
constexpr int fewestRuns = 3, mostRuns = 40;
constexpr std::int64_t flopsOfARun = 400'000'000; // forward: some tens of milliseconds

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

std::vector<double> layerSeconds(const Network& network)
{
    const std::vector<Layer> list = layers(network);
    const int batch = static_cast<int>(
        std::clamp<std::int64_t>(flopsOfARun / std::max<std::int64_t>(complexity(network).flops, 1), 1, 64));
    omp_set_num_threads(1); // oneDNN plans for as many threads as this thread would start
    compiled::Parameters parameters(list, initialState(list, Random(1, 1)));
    NetworkProgram program(list, parameters, kernels().products, NetworkProgram::Purpose::training, batch);
    Random random(1, 2);
    std::vector<float> images(static_cast<std::size_t>(batch) * network.resolution * network.resolution *
                              network.inputChannels);
    for (float& value : images)
        value = static_cast<float>(2 * random.uniform() - 1);
    const std::vector<std::uint8_t> labels(static_cast<std::size_t>(batch));

    program.run(images.data(), batch, labels.data()); // the first run allocates
    std::vector<std::vector<double>> runs(list.size());
    const auto start = std::chrono::steady_clock::now();
    for (int run = 0; run < mostRuns; ++run) {
        const std::vector<double> seconds = program.timed(images.data(), batch, labels.data());
        for (std::size_t layer = 0; layer < list.size(); ++layer)
            runs[layer].push_back(seconds[layer]);
        if (run + 1 >= fewestRuns &&
            std::chrono::steady_clock::now() - start > std::chrono::duration<double>(longEnough))
            break;
    }
    // The median: another program may take the core in the middle of an operation.
    std::vector<double> result;
    for (std::vector<double>& layer : runs)
        result.push_back(median(std::move(layer)));
    return result;
}

} // namespace spacewright
