// search: how far random search gets in each population.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/populations.h"
#include "core/statistics/search.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::vector<std::string> arguments;
    bool json = false;
};

/// k = 1, 2, 4, ... up to n, and n itself: more models would only meet the population's own best again.
std::vector<SearchPoint> curveOf(const ErrorList& list)
{
    if (list.errors.empty())
        return {};
    const Edf population = edf(list.errors);
    std::vector<SearchPoint> curve;
    for (std::int64_t k = 1; k < population.n(); k *= 2)
        curve.push_back({k, expectedBest(population, k)});
    curve.push_back({population.n(), expectedBest(population, population.n())});
    return curve;
}

void printSearch(const Options& options)
{
    const std::vector<ErrorList> lists = errorListsFrom(options.arguments);
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows{{"population", "models tried", "expected best %"}};
    for (const ErrorList& list : lists) {
        Json curve = Json::array();
        for (const SearchPoint& point : curveOf(list)) {
            curve.push_back({point.models, point.error});
            rows.push_back({list.name, std::to_string(point.models), fixed(point.error, 2)});
        }
        if (list.errors.empty())
            rows.push_back({list.name, "0", "-"});
        json.push_back({{"name", list.name}, {"curve", curve}});
    }
    options.json ? printJson(json) : printTable(rows);
}

} // namespace

void addSearch(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("search", "The lowest error to expect from k models drawn at random, k = 1, 2, 4, ...");
    command
        ->add_option("STUDY|FILE.json", options->arguments,
                     "Studies (all spaces, or STUDY:SPACE), lists of {\"error\", PARAM...}, or pycls sweep.json files")
        ->required();
    addJsonFlag(*command, options->json);
    command->callback([options] { printSearch(*options); });
}

} // namespace spacewright
