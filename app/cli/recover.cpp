// recover: what can be saved of a damaged study, into a new file.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/study/integrity.h"
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

template <class Id>
void say(const std::string& what, const std::vector<Id>& ids)
{
    if (ids.empty())
        return;
    constexpr std::size_t shown = 20;
    std::cout << "  " << what << ": " << ids.size() << " (";
    for (std::size_t i = 0; i < std::min(shown, ids.size()); ++i)
        std::cout << (i > 0 ? ", " : "") << std::int64_t(ids.at(i));
    std::cout << (ids.size() > shown ? ", ...)\n" : ")\n");
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
                          {"marks_lost", found.otherLost}});
    std::cout << options.recovered << ": " << found.content.spaces.size() << " spaces and "
              << found.content.models.size() << " models\n";
    if (found.recipeFromBackup)
        std::cout << "  how they are trained, from the backup\n";
    say("spaces from the backup", found.spacesFromBackup);
    say("models as they were in the backup", found.modelsFromBackup);
    say("models whose epochs are from the backup", found.epochsFromBackup);
    say("spaces that are lost", found.lostSpaces);
    say("models that are lost", found.lostModels);
    say("models of whose epochs some are lost", found.lostEpochs);
    if (found.otherLost)
        std::cout << "  some marks are lost: what was set aside, reused or tested\n";
    if (found.backup)
        std::cout << "  the backup is " << found.backup->string() << "\n";
    if (found.isWhole())
        std::cout << "  nothing that could be looked for is missing\n";
    std::cout << "Models that the damage took behind the last readable one cannot be told. " << options.damaged
              << " was left as it is; its weights go along with\n  mv " << quoted(options.damaged + ".weights") << " "
              << quoted(options.recovered + ".weights") << "\n";
}

void run(const Options& options)
{
    const Recovery found = recover(options.damaged);
    Study::create(options.recovered, found.content);
    checkIntegrity(options.recovered);
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
