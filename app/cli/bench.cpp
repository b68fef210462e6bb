// bench: the program's own benchmarks.
#include "app/cli/bench.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <limits>

namespace spacewright {

void print(const std::vector<Measured>& rows, bool asJson)
{
    Json list = Json::array();
    std::vector<std::vector<std::string>> table{{"what", "value", "unit"}};
    for (const Measured& row : rows) {
        list.push_back({{"name", row.name}, {"value", row.value}, {"unit", row.unit}});
        table.push_back({row.name, valueText(row.value), row.unit});
    }
    asJson ? printJson(list) : printTable(table);
}

double shortestRun(const std::function<void()>& action)
{
    using Clock = std::chrono::steady_clock;
    double shortest = std::numeric_limits<double>::infinity();
    const auto begin = Clock::now();
    for (int runs = 0; runs < 3 || Clock::now() - begin < std::chrono::milliseconds(200); ++runs) {
        const auto start = Clock::now();
        action();
        shortest = std::min(shortest, std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
    return shortest;
}

void addBench(CLI::App& app)
{
    CLI::App* bench = app.add_subcommand("bench", "Measure how fast this program works on this machine");
    bench->require_subcommand(1);
    for (const auto add : {addBenchTrain, addBenchSample, addBenchBootstrap, addBenchStudy, addBenchCharts,
                           addBenchCluster})
        add(*bench);
}

} // namespace spacewright
