// The program's own benchmarks: one function adds one subcommand of `bench`.
#pragma once
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

/// A table, or the JSON list [{name, value, unit}].
void print(const std::vector<Measured>&, bool asJson);
/// Shortest of several runs (at least three, at least a fifth of a second in all), in milliseconds: what else runs on a
/// machine only ever makes a run longer.
double shortestRun(const std::function<void()>&);

void addBenchTrain(CLI::App& bench);
void addBenchSample(CLI::App& bench);
void addBenchBootstrap(CLI::App& bench);
void addBenchStudy(CLI::App& bench);

} // namespace spacewright
