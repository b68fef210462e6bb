// cluster cancel: ends the jobs; what they have is collected, the rest waits in the study again.
#include "app/cli/cluster.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {

void addClusterCancel(CLI::App& app)
{
    const auto choice = std::make_shared<ClusterChoice>();
    CLI::App* command =
        app.add_subcommand("cancel", "End the jobs, collect, and let the models that are left wait in the study again");
    addChoice(*command, *choice);
    command->callback([choice] {
        Study study(choice->study, Study::Access::readWrite);
        for (const std::filesystem::path& path : chosenPaths(study, *choice)) {
            if (std::filesystem::exists(path)) {
                const Bundle bundle(path);
                std::cout << path.string() << ": " << cancelBundle(study, bundle, slurmOf(bundle, *choice))
                          << " models wait in the study again.\n";
            } else {
                std::cout << path.string() << " is gone: " << takeBackLost(study, path)
                          << " models wait in the study again. Jobs that still run train in vain; end them by hand.\n";
            }
        }
    });
}

} // namespace spacewright
