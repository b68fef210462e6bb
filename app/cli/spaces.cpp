// spaces: the named design spaces.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/exchange/optuna_code.h"
#include "core/exchange/space_file.h"
#include "core/exchange/sweep_setup.h"
#include "core/exchange/yaml_json.h"
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

/// As it stands a valid file for --space (yaml, json, pycls), or Python.
void printSpace(const std::string& name, const std::string& form)
{
    const Space space = spaceFromNameOrFile(name);
    const Json json = Json::parse(toText(space));
    if (form == "json")
        std::cout << json.dump(2) << "\n";
    else if (form == "yaml")
        std::cout << jsonToYaml(json);
    else if (form == "optuna")
        std::cout << toOptunaCode(space);
    else
        std::cout << toSweepSetup(space, Recipe{}, 500, 1).yaml;
}

} // namespace

void addSpaces(CLI::App& app)
{
    struct Options {
        bool json = false;
        std::string shown, form = "json";
    };
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("spaces", "List the named design spaces and baselines");
    CLI::Option* show = command->add_option("--show", options->shown,
                                            "Print this space (or space file) to begin a space of your own with");
    command
        ->add_option("--as", options->form,
                     "As json, as yaml, as a sweep setup of pycls, or as Python that suggests networks to Optuna")
        ->check(CLI::IsMember({"json", "yaml", "pycls", "optuna"}))
        ->needs(show);
    addJsonFlag(*command, options->json);
    command->callback([options] {
        if (options->shown.empty())
            printSpaces(options->json);
        else
            printSpace(options->shown, options->form);
    });
}

} // namespace spacewright
