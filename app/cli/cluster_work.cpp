// cluster work: one element of a job, started by SLURM or by submit --engine local.
#include "app/cli/cluster.h"
#include "app/cli/stop_signals.h"
#include "core/error.h"
#include "gpu/element.h"
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::string bundle;
    ElementName name;
};

void work(const Options& options)
{
    StopSignals signals({SIGINT, SIGTERM, SIGUSR1});
    const char* const place = std::getenv("TMPDIR");
    bool told = false;
    const ElementOptions element{.bundle = options.bundle,
                                 .name = options.name,
                                 .scratch = place && *place ? place : "/tmp",
                                 .stop = [&] { return told = told || signals.wait(0) != 0; },
                                 .say = [](const std::string& line) { std::cerr << line << std::endl; }};
    const ElementEnd end = runElement(element, training());
    if (end == ElementEnd::failed)
        throw Error("This element ended early; what it had finished is safe in the bundle.");
}

} // namespace

void addClusterWork(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("work", "Train shards of a bundle: what each element of a job does");
    command->add_option("BUNDLE", options->bundle, "The bundle's folder")->required();
    command->add_option("--job", options->name.job, "What started it; letters and digits");
    command->add_option("--element", options->name.element, "Its index")->check(CLI::NonNegativeNumber);
    command->add_option("--restart", options->name.restart, "How often this element was started before")
        ->check(CLI::NonNegativeNumber);
    command->group(""); // for schedulers, not for people
    command->callback([options] { work(*options); });
}

} // namespace spacewright
