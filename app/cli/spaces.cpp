// spaces: the named design spaces.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/exchange/space_file.h"
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

namespace spacewright {
namespace {

void printSpaces(bool asJson)
{
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows{{"name", "dimensions", "log10 size", "log10 exact size", "constraints"}};
    const auto add = [&](const Space& space) {
        std::vector<std::string> texts, descriptions;
        for (const Constraint& constraint : space.constraints) {
            texts.push_back(toText(constraint));
            descriptions.push_back(describe(constraint));
        }
        list.push_back({{"name", space.name},
                        {"dimensions", dimensions(space)},
                        {"log10_size", log10Size(space)},
                        {"log10_exact_size", log10ExactSize(space)},
                        {"constraints", texts}});
        rows.push_back({space.name, std::to_string(dimensions(space)), fixed(log10Size(space), 1),
                        fixed(log10ExactSize(space), 1), joined(descriptions)});
    };
    std::for_each(namedSpaces().begin(), namedSpaces().end(), add);
    std::for_each(baselines().begin(), baselines().end(), add);
    asJson ? printJson(list) : printTable(rows);
}

} // namespace

void addSpaces(CLI::App& app)
{
    const auto asJson = std::make_shared<bool>(false);
    const auto shown = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("spaces", "List the named design spaces and baselines");
    command->add_option("--show", *shown, "Print this space as a file to begin a space of your own with");
    addJsonFlag(*command, *asJson);
    command->callback([asJson, shown] {
        if (shown->empty())
            printSpaces(*asJson);
        else // as it stands a valid file for --space, in lines that a person can edit
            std::cout << Json::parse(toText(spaceFromNameOrFile(*shown))).dump(2) << "\n";
    });
}

} // namespace spacewright
