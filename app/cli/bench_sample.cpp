// bench sample: how many networks of each named space are drawn in a second.
#include "app/cli/bench.h"
#include "app/cli/output.h"
#include "core/statistics/prospect.h"
#include <CLI/CLI.hpp>
#include <ctime>
#include <limits>
#include <thread>

namespace spacewright {
namespace {

constexpr int runs = 3; ///< the fastest counts: what else runs on a machine only ever makes a run longer

/// Accepted networks per second of processor time, one thread, the preparation of the tables included.
double perCore(const Space& space)
{
    constexpr std::int64_t networks = 4000;
    double best = 0;
    for (int run = 0; run < runs; ++run) {
        const std::clock_t start = std::clock();
        const Draw drawn = draw(space, static_cast<std::uint64_t>(run), networks, 0, {}, {}, 1);
        const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        best = std::max(best, static_cast<double>(drawn.accepted) / seconds);
    }
    return best;
}

/// Accepted networks per second by the clock.
double onThreads(const Space& space, int threads)
{
    constexpr std::int64_t networks = 100'000;
    double best = 0;
    for (int run = 0; run < runs; ++run) {
        const Draw drawn = draw(space, static_cast<std::uint64_t>(run), networks, 0, {}, {}, threads);
        best = std::max(best, static_cast<double>(drawn.accepted) / drawn.seconds);
    }
    return best;
}

/// The space at 360 to 400 MF, as in the paper; by itself where that leaves next to nothing of it.
Space limited(const Space& space)
{
    constexpr int proposals = 100'000, enough = 10;
    const Space narrow = constrained(space, constraintFrom("flops=360M:400M"));
    return preview(narrow, 1, proposals, 0).accepted >= enough ? narrow : space;
}

/// Milliseconds of processor time from an edit in the window to its first histograms.
double firstLook(const Space& space)
{
    Population population;
    population.space.space = space;
    Prospector prospector;
    prospector.look(population, {}, Prospector::quick); // what is seen before anything is edited
    double best = std::numeric_limits<double>::infinity();
    for (int run = 0; run < runs; ++run) {
        const std::clock_t start = std::clock();
        prospector.look(population, {constraintFrom("b=1:2")}, Prospector::quick);
        best = std::min(best, 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return best;
}

void benchSampling(bool asJson)
{
    std::vector<Measured> rows;
    for (const Space& space : namedSpaces()) {
        const Space narrow = limited(space);
        rows.push_back({narrow.name + (narrow == space ? ", no limit" : ", 360 to 400 MF"), perCore(narrow),
                        "networks_per_second_per_core"});
    }
    const auto cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    for (int threads = 1; threads <= cores; threads *= 2)
        rows.push_back({"AnyNetX_A, 360 to 400 MF, threads: " + std::to_string(threads),
                        onThreads(limited(namedSpace("AnyNetX_A")), threads), "networks_per_second"});
    for (const char* name : {"AnyNetX_A", "AnyNetX_D", "RegNetX"})
        rows.push_back({std::string(name) + ", 360 to 400 MF, edited", firstLook(limited(namedSpace(name))),
                        "milliseconds_to_first_histograms"});
    print(rows, asJson);
}

} // namespace

void addBenchSample(CLI::App& bench)
{
    const auto asJson = std::make_shared<bool>(false);
    CLI::App* command = bench.add_subcommand("sample", "Count the networks of each named space drawn in a second");
    addJsonFlag(*command, *asJson);
    command->callback([asJson] { benchSampling(*asJson); });
}

} // namespace spacewright
