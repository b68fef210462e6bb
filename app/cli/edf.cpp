// edf: error distributions of populations, and where the best values of parameters lie.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/populations.h"
#include "core/statistics/bootstrap.h"
#include "core/statistics/edf.h"
#include <CLI/CLI.hpp>
#include <cmath>
#include <algorithm>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::vector<std::string> arguments;
    std::vector<std::string> parameters;
    bool json = false;
};

BestBand bandOf(const ErrorList& list, const std::string& parameter)
{
    std::vector<double> values, errors;
    for (std::size_t i = 0; i < list.errors.size(); ++i)
        if (const std::optional<double> value = list.parameter(i, parameter)) {
            values.push_back(*value);
            errors.push_back(list.errors[i]);
        }
    if (values.empty())
        throw CLI::ValidationError("No model of " + list.name + " has a value of \"" + parameter + "\".");
    return exactBand(values, errors);
}

/// Each error e with F(e), the share of models with an error below e; the last pair, just above the largest, has 1.
Json steps(const Edf& edf)
{
    Json list = Json::array();
    for (std::size_t i = 0; i < edf.errors.size(); ++i)
        if (i == 0 || edf.errors[i] != edf.errors[i - 1])
            list.push_back({number(edf.errors[i]), number(edf.at(edf.errors[i]))});
    list.push_back({std::nextafter(edf.max, INFINITY), 1});
    return list;
}

/// Each error with F(e) when all models are counted that were stopped early: `low` as if they were worse than any,
/// `high` as if each had the least error that it can have.
Json boundSteps(const Population& population)
{
    std::vector<double> corners = population.edf->errors;
    corners.insert(corners.end(), population.atLeast.begin(), population.atLeast.end());
    std::sort(corners.begin(), corners.end());
    Json list = Json::array();
    for (const double error : corners) {
        const EdfBounds bounds = edfBounds(population, error);
        list.push_back({{"error", number(error)}, {"low", bounds.low}, {"high", bounds.high}});
    }
    const EdfBounds end = edfBounds(population, std::nextafter(corners.back(), INFINITY));
    list.push_back({{"error", std::nextafter(corners.back(), INFINITY)}, {"low", end.low}, {"high", end.high}});
    return list;
}

bool hasStopped(const ErrorList& list)
{
    return list.population && !list.population->atLeast.empty();
}

/// How many of the errors are of models that were trained for another space.
std::int64_t reusedIn(const ErrorList& list)
{
    if (!list.population)
        return 0;
    const auto& counted = list.population->counted;
    return std::count_if(counted.begin(), counted.end(),
                         [&](const Model& model) { return isReused(*list.population, model); });
}

Json jsonOf(const ErrorList& list, const std::vector<std::string>& parameters)
{
    if (list.errors.empty())
        return {{"name", list.name},     {"n", 0},          {"reused", 0},
                {"min", nullptr},        {"mean", nullptr}, {"edf", Json::array()},
                {"best", Json::object()}};
    const Edf population = edf(list.errors);
    Json best = Json::object();
    for (const std::string& parameter : parameters) {
        const BestBand band = bandOf(list, parameter);
        best[parameter] = {{"low", number(band.low)}, {"best", number(band.best)}, {"high", number(band.high)}};
    }
    Json json{{"name", list.name},
              {"n", population.n()},
              {"reused", reusedIn(list)},
              {"min", number(population.min)},
              {"mean", population.mean},
              {"median", population.median},
              {"max", number(population.max)},
              {"edf", steps(population)},
              {"best", best}};
    if (hasStopped(list)) {
        // A mean or a curve of the others alone would flatter the space.
        json["mean"] = json["median"] = json["max"] = json["edf"] = nullptr;
        json["mean_at_least"] = population.mean;
        json["stopped_at_least"] = list.population->atLeast;
        json["edf_bounds"] = boundSteps(*list.population);
    }
    return json;
}

void printTables(const std::vector<ErrorList>& lists, const std::vector<std::string>& parameters)
{
    std::vector<std::vector<std::string>> rows{{"population", "n", "min %", "mean %", "median %", "max %", "+- F"}};
    std::vector<std::vector<std::string>> bands{{"population", "parameter", "low", "best", "high"}};
    for (const ErrorList& list : lists) {
        if (list.errors.empty()) {
            rows.push_back({list.name, "0", "-", "-", "-", "-", "-"});
            continue;
        }
        const Edf population = edf(list.errors);
        const std::string atLeast = hasStopped(list) ? ">= " : "";
        rows.push_back({list.name, modelsText(population.n(), reusedIn(list)), fixed(population.min, 2),
                        atLeast + fixed(population.mean, 2), atLeast + fixed(population.median, 2),
                        atLeast + fixed(population.max, 2), fixed(std::min(1.0, dkwHalfWidth(population.n())), 3)});
        for (const std::string& parameter : parameters) {
            const BestBand band = bandOf(list, parameter);
            bands.push_back({list.name, parameter, valueText(band.low), valueText(band.best), valueText(band.high)});
        }
    }
    printTable(rows);
    for (const ErrorList& list : lists)
        if (hasStopped(list))
            std::cout << stoppedText(*list.population).substr(1) << "\n";
    if (bands.size() > 1) {
        std::cout << "\nWhere the best value lies (95 % of the bootstrap, median):\n";
        printTable(bands);
    }
}

void printEdfs(const Options& options)
{
    const std::vector<ErrorList> lists = errorListsFrom(options.arguments);
    if (!options.json)
        return printTables(lists, options.parameters);
    Json json = Json::array();
    for (const ErrorList& list : lists)
        json.push_back(jsonOf(list, options.parameters));
    printJson(json);
}

} // namespace

void addEdf(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "edf", "Error distributions F(e), the share of models with an error below e, and bands of best values");
    command
        ->add_option("STUDY|FILE.json", options->arguments,
                     "Studies (all spaces, or STUDY:SPACE), lists of {\"error\", PARAM...}, or pycls sweep.json files")
        ->required();
    command->add_option("--by", options->parameters, "Where this parameter's best value lies, e.g. d, w4, flops")
        ->type_name("PARAM")
        ->allow_extra_args(false);
    addJsonFlag(*command, options->json);
    command->callback([options] { printEdfs(*options); });
}

} // namespace spacewright
