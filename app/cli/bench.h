// The program's own benchmarks: one function adds one subcommand of `bench`.
#pragma once
#include "core/design/sampler.h"
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace spacewright {

/// One measured value, as `bench` prints it.
struct Measured {
    std::string name;
    double value = 0;
    std::string unit;
};

/// A folder that goes with its object. Throws Error where none can be made.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// A thousand networks of AnyNetX_A, again and again: what is stored counts here, and drawing would take longer.
std::vector<Sample> repeatedSamples(std::int64_t n);

/// A table, or the JSON list [{name, value, unit}].
void print(const std::vector<Measured>&, bool asJson);
/// Shortest of several runs (at least three, at least a fifth of a second in all), in milliseconds: what else runs on a
/// machine only ever makes a run longer.
double shortestRun(const std::function<void()>&);

void addBenchTrain(CLI::App& bench);
void addBenchSample(CLI::App& bench);
void addBenchBootstrap(CLI::App& bench);
void addBenchStudy(CLI::App& bench);
void addBenchCharts(CLI::App& bench);
void addBenchCluster(CLI::App& bench);

} // namespace spacewright
