// bench bootstrap: the bands of best values, resampled and in closed form.
#include "app/cli/bench.h"
#include "app/cli/output.h"
#include "core/design/random.h"
#include "core/statistics/bootstrap.h"
#include "core/statistics/comparison.h"
#include <CLI/CLI.hpp>

namespace spacewright {
namespace {

constexpr int parameters = 10;

/// Ten parameters that the error depends on more or less, as after a real study.
void fill(int models, std::vector<std::vector<double>>& values, std::vector<double>& errors)
{
    Random random(1, static_cast<std::uint64_t>(models));
    values.assign(parameters, {});
    errors.clear();
    for (int i = 0; i < models; ++i) {
        double error = 40 + 10 * random.uniform();
        for (auto& of : values) {
            of.push_back(static_cast<double>(8 * (1 + random.below(128))));
            error += 0.002 * of.back();
        }
        errors.push_back(error);
    }
}

void benchBootstrap(bool asJson)
{
    std::vector<Measured> rows;
    std::vector<std::vector<double>> values;
    std::vector<double> errors;
    for (const int models : {500, 100'000}) {
        fill(models, values, errors);
        const std::string n = std::to_string(models) + " models";
        rows.push_back({"bootstrap, 10 parameters, 10^4 resamples, " + n,
                        shortestRun([&] { bootstrapBands(values, errors); }), "ms"});
        rows.push_back({"closed form, 1 parameter, " + n, shortestRun([&] { exactBand(values[0], errors); }), "ms"});
    }
    fill(500, values, errors);
    const std::vector<double> half(errors.begin(), errors.begin() + 250), rest(errors.begin() + 250, errors.end());
    rows.push_back({"comparison with verdict, 250 + 250 models", shortestRun([&] { compare(half, rest); }), "ms"});
    print(rows, asJson);
}

} // namespace

void addBenchBootstrap(CLI::App& bench)
{
    const auto asJson = std::make_shared<bool>(false);
    CLI::App* command = bench.add_subcommand("bootstrap", "Time the bands of best values and a comparison");
    addJsonFlag(*command, *asJson);
    command->callback([asJson] { benchBootstrap(*asJson); });
}

} // namespace spacewright
