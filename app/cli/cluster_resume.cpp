// cluster resume: a new array of jobs for what a bundle has not trained.
#include "app/cli/cluster.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {

void addClusterResume(CLI::App& app)
{
    const auto choice = std::make_shared<ClusterChoice>();
    CLI::App* command = app.add_subcommand("resume", "Submit a bundle again for the models that are not trained");
    addChoice(*command, *choice);
    command->callback([choice] {
        Study study(choice->study, Study::Access::readWrite);
        for (const Bundle& bundle : chosen(study, *choice)) {
            const auto earlier = bundle.submissions();
            const std::string host = choice->host.empty() && !earlier.empty() ? earlier.back().host : choice->host;
            const std::string job = resumeBundle(study, bundle, slurmOf(bundle, *choice), host);
            std::cout << bundle.path().string() << ": job " << job << " was submitted.\n";
        }
    });
}

} // namespace spacewright
