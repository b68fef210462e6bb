// spaces: the named design spaces.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/exchange/space_file.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

void printSpaces(bool asJson)
{
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows{{"name", "dimensions", "log10 size", "constraints"}};
    for (const Space& space : namedSpaces()) {
        std::vector<std::string> texts, descriptions;
        for (const Constraint& constraint : space.constraints) {
            texts.push_back(toText(constraint));
            descriptions.push_back(describe(constraint));
        }
        list.push_back({{"name", space.name},
                        {"dimensions", dimensions(space)},
                        {"log10_size", log10Size(space)},
                        {"constraints", texts}});
        rows.push_back(
            {space.name, std::to_string(dimensions(space)), fixed(log10Size(space), 1), joined(descriptions)});
    }
    asJson ? printJson(list) : printTable(rows);
}

} // namespace

void addSpaces(CLI::App& app)
{
    const auto asJson = std::make_shared<bool>(false);
    const auto shown = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("spaces", "List the named design spaces");
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
