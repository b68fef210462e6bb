// aside: sets a branch of the journal aside, or takes it up again.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/populations.h"
#include "core/error.h"
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

namespace spacewright {
namespace {

void setAside(const std::string& argument, bool back)
{
    const StudyArgument where = studyArgument(argument);
    if (!where.space)
        throw CLI::ValidationError("Name the space as STUDY:SPACE.");
    Study study(where.path, Study::Access::readWrite);
    std::vector<std::string> names;
    for (const StudySpace& space : study.spaces()) {
        names.push_back(space.space.name);
        if (names.back() != *where.space)
            continue;
        study.setAside(space.id, !back);
        std::cout << names.back() << " and what was narrowed from it "
                  << (back ? "are taken up again.\n"
                           : "are set aside: nothing is deleted, nothing of it is trained.\n");
        return;
    }
    throw CLI::ValidationError(where.path + " has no space \"" + *where.space + "\"; it has: " + joined(names) + ".");
}

} // namespace

void addAside(CLI::App& app)
{
    struct Options {
        std::string space;
        bool back = false;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("aside", "Set a branch aside: it is kept, but not trained");
    command->add_option("STUDY:SPACE", options->space, "The space; those narrowed from it go with it")->required();
    command->add_flag("--back", options->back, "Take it up again");
    command->callback([options] { setAside(options->space, options->back); });
}

} // namespace spacewright
