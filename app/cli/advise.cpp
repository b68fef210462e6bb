// advise: which single constraint would narrow a space without making it worse?
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/populations.h"
#include "core/statistics/advice.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::string argument;
    bool json = false;
};

/// What narrows the space by the constraint, to be pasted into a shell.
std::string refineCommand(const Advice& advice, const Population& population, const std::string& argument)
{
    return "spacewright-cli refine " + quoted(studyArgument(argument).path) + " --parent " +
           quoted(population.space.space.name) + " --constrain " + quoted(toText(advice.constraint)) + " --models " +
           std::to_string(population.models.size());
}

Json jsonOf(const Advice& advice, const std::string& command)
{
    Json json{{"constraint", toText(advice.constraint)},
              {"models", advice.models},
              {"dimensions_removed", advice.dimensionsRemoved},
              {"log10_size_removed", advice.log10SizeRemoved},
              {"min", advice.edf ? number(advice.edf->min) : Json()},
              {"mean", advice.edf ? Json(advice.edf->mean) : Json()},
              {"difference", nullptr},
              {"p", nullptr},
              {"p_holm", nullptr},
              {"verdict", toText(advice.verdict)},
              {"refine", command}};
    if (const auto& c = advice.comparison) {
        json["difference"] = {{"value", c->meanDifference}, {"low", c->meanLow}, {"high", c->meanHigh}};
        json["p"] = c->mannWhitneyP;
        json["p_holm"] = advice.adjustedP;
    }
    return json;
}

std::vector<std::string> row(const Advice& advice)
{
    const std::string removed = advice.log10SizeRemoved > 0 ? fixed(advice.log10SizeRemoved, 2) : "-";
    std::vector<std::string> cells{toText(advice.constraint), std::to_string(advice.models),
                                   std::to_string(advice.dimensionsRemoved), removed};
    cells.push_back(advice.edf ? fixed(advice.edf->min, 1) : "-");
    cells.push_back(advice.edf ? fixed(advice.edf->mean, 1) : "-");
    cells.push_back(advice.edf ? fixed(dkwHalfWidth(advice.edf->n()), 2) : "-");
    if (const auto& c = advice.comparison) {
        cells.push_back(fixed(c->meanDifference, 2));
        cells.push_back(fixed(c->meanLow, 2) + " to " + fixed(c->meanHigh, 2));
        cells.push_back(fixed(advice.adjustedP, 3));
    } else {
        cells.insert(cells.end(), {"-", "-", "-"});
    }
    cells.push_back(toText(advice.verdict));
    return cells;
}

void printAdvice(const Options& options)
{
    const Population population = populationFrom(options.argument, "to narrow");
    const std::vector<Advice> list = advise(population);
    if (options.json) {
        Json json = Json::array();
        for (const Advice& advice : list)
            json.push_back(jsonOf(advice, refineCommand(advice, population, options.argument)));
        return printJson(json);
    }
    std::vector<std::vector<std::string>> rows{{"constraint", "models", "dim. less", "log10 less", "min %", "mean %",
                                                "+- F", "difference", "95 % interval", "p (Holm)", "verdict"}};
    for (const Advice& advice : list)
        rows.push_back(row(advice));
    printTable(rows);
    std::cout << "\n" << recommendation(list, population) << "\n";
    if (const Advice* advice = recommended(list))
        std::cout << "\n    " << refineCommand(*advice, population, options.argument) << "\n\n"
                  << modelsText(static_cast<std::int64_t>(population.models.size()), advice->models)
                  << ": those that fulfil it need no training again.\n";
}

} // namespace

void addAdvise(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "advise",
        "Which single constraint would narrow a space without making it worse, by the models already trained");
    command->add_option("STUDY", options->argument, "The study file, or STUDY:SPACE where it has several")->required();
    addJsonFlag(*command, options->json);
    command->callback([options] { printAdvice(*options); });
}

} // namespace spacewright
