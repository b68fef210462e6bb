// recover: what can be saved of a damaged study, into a new file.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/study/recovery.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::string damaged, recovered;
    bool json = false;
};

template <class Id>
std::vector<std::int64_t> numbers(const std::vector<Id>& ids)
{
    std::vector<std::int64_t> all;
    for (const Id id : ids)
        all.push_back(std::int64_t(id));
    return all;
}

void report(const Options& options, const Recovery& found)
{
    if (options.json)
        return printJson({{"study", options.recovered},
                          {"spaces", found.content.spaces.size()},
                          {"models", found.content.models.size()},
                          {"backup", found.backup ? found.backup->string() : ""},
                          {"recipe_from_backup", found.recipeFromBackup},
                          {"spaces_from_backup", numbers(found.spacesFromBackup)},
                          {"models_from_backup", numbers(found.modelsFromBackup)},
                          {"epochs_from_backup", numbers(found.epochsFromBackup)},
                          {"lost_spaces", numbers(found.lostSpaces)},
                          {"lost_models", numbers(found.lostModels)},
                          {"lost_epochs", numbers(found.lostEpochs)},
                          {"marks_lost", found.otherLost},
                          {"end_unreadable", found.endUnreadable}});
    const std::vector<std::string> phrases = describe(found);
    std::cout << options.recovered << ": " << phrases.front() << "\n";
    for (std::size_t i = 1; i < phrases.size(); ++i)
        std::cout << "  " << phrases.at(i) << "\n";
    std::cout << options.damaged << " was left as it is; its weights go along with\n  mv "
              << quoted(options.damaged + ".weights") << " " << quoted(options.recovered + ".weights") << "\n";
}

void run(const Options& options)
{
    const Recovery found = recover(options.damaged);
    writeRecovered(found, options.recovered);
    report(options, found);
}

} // namespace

void addRecover(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("recover", "Save what can be read of a damaged study, and fill it from backups");
    command->add_option("study", options->damaged, "The damaged study; it is left as it is")->required();
    command->add_option("-o,--output", options->recovered, "The new study")->required();
    command->add_flag("--json", options->json, "Print JSON");
    command->callback([options] { run(*options); });
}

} // namespace spacewright
