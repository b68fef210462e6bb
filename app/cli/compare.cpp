// compare: is one population better than another, and how sure is that?
#include "app/cli/alike.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/populations.h"
#include "core/error.h"
#include "core/statistics/search.h"
#include "core/statistics/several.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::vector<std::string> arguments;
    std::string parameter; ///< whose complexity is spread alike; none when empty
    int bins = 10;
    bool json = false;
};

constexpr std::int64_t raceLengths[] = {1, 5, 10, 20};

std::vector<ErrorList> populationsToCompare(const std::vector<std::string>& arguments)
{
    std::vector<ErrorList> lists = errorListsFrom(arguments);
    if (lists.size() < 2)
        throw CLI::ValidationError(joined(arguments) + " holds a single population; name two or more to compare, each "
                                                       "a STUDY, STUDY:SPACE or FILE.json.");
    for (const ErrorList& list : lists)
        if (list.errors.empty())
            throw Error(list.name + " has no model with an error yet. Train some first, or name other populations.");
    return lists;
}

std::vector<std::string> namesOf(const std::vector<ErrorList>& lists)
{
    std::vector<std::string> names;
    for (const ErrorList& list : lists)
        names.push_back(list.name);
    return names;
}

std::string raceText(const Edf& a, const Edf& b)
{
    std::vector<std::string> parts;
    for (const std::int64_t k : raceLengths)
        parts.push_back(std::to_string(k) + ": " + fixed(probabilityOfBetterBest(a, b, k), 3));
    return joined(parts);
}

void printPair(const PairComparison& pair, const std::vector<ErrorList>& lists, bool isOneOfSeveral)
{
    const Comparison& c = pair.comparison;
    const std::string &a = lists[pair.a].name, &b = lists[pair.b].name;
    printTable(
        {{"", "value", "p or 95 % interval"},
         {"Kolmogorov-Smirnov distance", fixed(c.ks, 3), "p = " + valueText(c.ksP)},
         {"P(" + a + " < " + b + ")", fixed(c.effect, 3),
          "p = " + valueText(c.mannWhitneyP) + (isOneOfSeveral ? ", after Holm " + valueText(pair.adjustedP) : "")},
         {"difference of means, points", fixed(c.meanDifference, 2),
          fixed(c.meanLow, 2) + " to " + fixed(c.meanHigh, 2)}});
    std::cout << "P(best of k from " << a << " < best of k from " << b
              << "), k = " << raceText(edf(lists[pair.a].errors), edf(lists[pair.b].errors)) << "\n";
    for (const std::size_t side : {pair.a, pair.b})
        if (const auto& population = lists[side].population; population && !population->atLeast.empty())
            std::cout << stoppedText(*population).substr(1) << "\n";
    if (c.shared > 0)
        std::cout << sharedText(c, a, b) << "\n";
}

Json jsonOf(const PairComparison& pair, const std::vector<ErrorList>& lists, bool isOneOfSeveral)
{
    const Comparison& c = pair.comparison;
    const ErrorList &a = lists[pair.a], &b = lists[pair.b];
    Json race = Json::object();
    for (const std::int64_t k : raceLengths)
        race[std::to_string(k)] = probabilityOfBetterBest(edf(a.errors), edf(b.errors), k);
    Json json{{"a", {{"name", a.name}, {"n", c.nA}}},
              {"b", {{"name", b.name}, {"n", c.nB}}},
              {"ks", {{"statistic", c.ks}, {"p", c.ksP}}},
              {"mann_whitney", {{"p", c.mannWhitneyP}, {"effect", c.effect}}},
              {"mean_difference", {{"value", c.meanDifference}, {"low", c.meanLow}, {"high", c.meanHigh}}},
              {"best_of_k", race}};
    if (isOneOfSeveral)
        json["mann_whitney"]["p_holm"] = pair.adjustedP;
    if (c.shared > 0) {
        json["shared"] = c.shared;
        json["tested"] = {{"a", c.testedA}, {"b", c.testedB}};
        json["shared_text"] = sharedText(c, a.name, b.name);
    }
    for (const ErrorList* side : {&a, &b})
        if (side->population && !side->population->atLeast.empty())
            json["stopped"][side == &a ? "a" : "b"] = side->population->atLeast.size();
    if (c.needed)
        json["needed"] = {{"models_each", c.needed->perSpace}, {"is_limit", c.needed->isLimit}};
    json["verdict"] = verdict(pair, namesOf(lists));
    return json;
}

void printComparison(const Options& options)
{
    const std::vector<ErrorList> lists = populationsToCompare(options.arguments);
    const std::vector<PairComparison> pairs =
        compareAll(lists.size(), [&](std::size_t a, std::size_t b) { return overlap(lists[a], lists[b]); });
    const bool areSeveral = pairs.size() > 1;
    std::optional<Alike> spread;
    if (!options.parameter.empty())
        spread = alike(lists, options.parameter, options.bins);
    if (options.json) {
        Json json = Json::array();
        for (const PairComparison& pair : pairs) {
            json.push_back(jsonOf(pair, lists, areSeveral));
            if (spread)
                json.back()["normalised"] = jsonOf(*spread, pair.a, pair.b);
        }
        return printJson(areSeveral ? json : json[0]);
    }
    for (const PairComparison& pair : pairs)
        std::cout << verdict(pair, namesOf(lists)) << "\n";
    for (const PairComparison& pair : pairs) {
        std::cout << "\n";
        printPair(pair, lists, areSeveral);
    }
    if (spread)
        print(*spread, lists);
}

} // namespace

void addCompare(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("compare", "Compare populations with each other: all pairs, Holm-corrected");
    command
        ->add_option("A B", options->arguments,
                     "Two or more populations: each a STUDY (all its spaces), STUDY:SPACE or FILE.json")
        ->required();
    CLI::Option* by = command
                          ->add_option("--by", options->parameter,
                                       "Compare also with this complexity spread alike (each bin weighs the same)")
                          ->check(CLI::IsMember({"flops", "params", "acts"}));
    command->add_option("--bins", options->bins, "How many bins of equal width")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str()
        ->needs(by);
    addJsonFlag(*command, options->json);
    command->callback([options] { printComparison(*options); });
}

} // namespace spacewright
