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

std::string variable(const char* name)
{
    const char* const value = std::getenv(name);
    return value ? value : "";
}

bool isInSlurm()
{
    return !variable("SLURM_JOB_ID").empty();
}

/// Before a time limit SLURM lets a job ask for another turn.
void askForAnotherTurn()
{
    const CommandResult result = commandsOn()({"scontrol", "requeue", variable("SLURM_JOB_ID")});
    if (result.code != 0)
        std::cerr << "SLURM did not put the element into the queue again: " << result.err << std::endl;
}

/// A job that ends by itself is done for SLURM: one that was preempted must still be there when its time is over, or it
/// is not started again.
void waitForSlurm()
{
    for (int seconds = 0; seconds < 600; ++seconds) {
        const timespec second{1, 0};
        nanosleep(&second, nullptr);
    }
}

void work(const Options& options)
{
    StopSignals signals({SIGINT, SIGTERM, SIGUSR1});
    const std::string scratch = variable("TMPDIR");
    int signal = 0;
    const ElementOptions element{.bundle = options.bundle,
                                 .name = options.name,
                                 .scratch = std::filesystem::path(scratch.empty() ? "/tmp" : scratch) /
                                            ("spacewright-" + std::to_string(getpid())),
                                 .stop =
                                     [&] {
                                         const int now = signals.wait(0);
                                         signal = signal == 0 ? now : signal;
                                         return signal != 0;
                                     },
                                 .say = [](const std::string& line) { std::cerr << line << std::endl; }};
    const ElementEnd end = runElement(element, training());
    if (end == ElementEnd::failed)
        throw Error("This element ended early; what it had finished is safe in the bundle.");
    if (end != ElementEnd::stopped || !isInSlurm() || Bundle(options.bundle).isCancelled())
        return;
    if (signal == SIGUSR1)
        askForAnotherTurn();
    else if (signal == SIGTERM)
        waitForSlurm();
}

} // namespace

void addClusterWork(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("work", "Train shards of a bundle: what each element of a job does");
    command->add_option("BUNDLE", options->bundle, "The bundle's folder")->required();
    command->add_option("--job", options->name.job, "What started it; letters and digits")
        ->envname("SLURM_ARRAY_JOB_ID");
    command->add_option("--element", options->name.element, "Its index")
        ->envname("SLURM_ARRAY_TASK_ID")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--restart", options->name.restart, "How often this element was started before")
        ->envname("SLURM_RESTART_COUNT")
        ->check(CLI::NonNegativeNumber);
    command->group(""); // for schedulers, not for people
    command->callback([options] { work(*options); });
}

} // namespace spacewright
