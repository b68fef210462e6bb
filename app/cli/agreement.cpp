// agreement: do two studies rank the same networks, and the same spaces, alike?
#include "core/statistics/agreement.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::string a, b;
    bool json = false;
};

Json withTau(Json json, const std::optional<Tau>& tau)
{
    json["tau"] = tau ? number(tau->value) : Json();
    json["low"] = tau ? number(tau->low) : Json();
    json["high"] = tau ? number(tau->high) : Json();
    return json;
}

Json jsonOf(const RegimeAgreement& agreement)
{
    Json spaces = Json::array();
    for (const SpaceAgreement& space : agreement.spaces)
        spaces.push_back(withTau(
            {{"name", space.name}, {"networks", space.networks}, {"mean_a", space.meanA}, {"mean_b", space.meanB}},
            space.tau));
    return {{"spaces", spaces},
            {"all", withTau({{"networks", agreement.networks}}, agreement.tau)},
            {"means", withTau({{"spaces", agreement.spaces.size()}}, agreement.means)}};
}

std::vector<std::string> row(std::vector<std::string> cells, const std::optional<Tau>& tau)
{
    cells.push_back(tau ? fixed(tau->value, 3) : "-");
    cells.push_back(tau ? fixed(tau->low, 3) + " to " + fixed(tau->high, 3) : "-");
    return cells;
}

void printAgreement(const Options& options)
{
    const auto a = view(Study(options.a, Study::Access::readOnly));
    const auto b = view(Study(options.b, Study::Access::readOnly));
    const RegimeAgreement found = agreement(*a, *b);
    if (options.json)
        return printJson(jsonOf(found));
    std::vector<std::vector<std::string>> rows{{"space", "networks", "mean % A", "mean % B", "tau", "95 % interval"}};
    for (const SpaceAgreement& space : found.spaces)
        rows.push_back(
            row({space.name, std::to_string(space.networks), fixed(space.meanA, 2), fixed(space.meanB, 2)}, space.tau));
    if (found.spaces.size() > 1) {
        rows.push_back(row({"all networks", std::to_string(found.networks), "-", "-"}, found.tau));
        rows.push_back(row({"means of spaces", "-", "-", "-"}, found.means));
    }
    printTable(rows);
    std::cout << "Kendall's tau: 1 when both rank alike, 0 when they have nothing to do with each other. Below "
              << leastForAgreement << " networks none is given.\n";
}

} // namespace

void addAgreement(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "agreement", "How well two studies (a short and a long schedule, two data sets) agree on the ranks of the "
                     "networks that both trained, and of the spaces' means");
    command->add_option("A", options->a, "A study")->required();
    command->add_option("B", options->b, "Another one, as `retrain` makes it")->required();
    addJsonFlag(*command, options->json);
    command->callback([options] { printAgreement(*options); });
}

} // namespace spacewright
