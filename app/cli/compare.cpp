// compare: is one population better than another, and how sure is that?
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/populations.h"
#include "core/statistics/comparison.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::vector<std::string> arguments;
    bool json = false;
};

std::pair<ErrorList, ErrorList> pairFrom(const std::vector<std::string>& arguments)
{
    std::vector<ErrorList> found;
    for (const std::string& argument : arguments) {
        const std::vector<ErrorList> lists = errorListsFrom(argument);
        std::vector<std::string> names;
        for (const ErrorList& list : lists)
            names.push_back(list.name);
        if (lists.size() != 3 - arguments.size())
            throw CLI::ValidationError(argument + " holds " + std::to_string(lists.size()) + " spaces (" +
                                       joined(names) + "); name the two to compare as STUDY:SPACE.");
        found.insert(found.end(), lists.begin(), lists.end());
    }
    return {found[0], found[1]};
}

void printText(const Comparison& c, const std::string& nameA, const std::string& nameB)
{
    std::cout << verdict(c, nameA, nameB) << "\n\n";
    printTable({{"", "value", "p or 95 % interval"},
                {"Kolmogorov-Smirnov distance", fixed(c.ks, 3), "p = " + valueText(c.ksP)},
                {"P(" + nameA + " < " + nameB + ")", fixed(c.effect, 3), "p = " + valueText(c.mannWhitneyP)},
                {"difference of means, points", fixed(c.meanDifference, 2),
                 fixed(c.meanLow, 2) + " to " + fixed(c.meanHigh, 2)}});
}

void printComparison(const Options& options)
{
    const auto [a, b] = pairFrom(options.arguments);
    const Comparison c = compare(a.errors, b.errors);
    if (!options.json)
        return printText(c, a.name, b.name);
    printJson({{"a", {{"name", a.name}, {"n", c.nA}}},
               {"b", {{"name", b.name}, {"n", c.nB}}},
               {"ks", {{"statistic", c.ks}, {"p", c.ksP}}},
               {"mann_whitney", {{"p", c.mannWhitneyP}, {"effect", c.effect}}},
               {"mean_difference", {{"value", c.meanDifference}, {"low", c.meanLow}, {"high", c.meanHigh}}},
               {"verdict", verdict(c, a.name, b.name)}});
}

} // namespace

void addCompare(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("compare", "Compare two populations, or the two spaces of one study");
    command->add_option("A B", options->arguments, "Each a STUDY, STUDY:SPACE or FILE.json; or one study of two spaces")
        ->required()
        ->expected(1, 2);
    addJsonFlag(*command, options->json);
    command->callback([options] { printComparison(*options); });
}

} // namespace spacewright
