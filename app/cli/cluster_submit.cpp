// cluster submit: a bundle of models, and the jobs that train it.
#include "app/cli/cluster.h"
#include "app/cli/cluster_local.h"
#include "core/counted.h"
#include "core/error.h"
#include "core/whole_file.h"
#include <CLI/CLI.hpp>
#include <iostream>
#include <unistd.h>

namespace spacewright {
namespace {

struct Options {
    std::string study, bundle, program, scriptTemplate, host;
    ClusterRequest request;
    std::string engine = "slurm";
    bool json = false;
};

void addSlurmOptions(CLI::App& command, Options& options)
{
    SlurmRequest& slurm = options.request.slurm;
    command.add_option("--partition", slurm.partition, "SLURM's partition")->group("SLURM");
    command.add_option("--time", slurm.time, "Time limit of an element: 30, 4:00:00, 2-0")->group("SLURM");
    command.add_option("--gres", slurm.gres, "Resources of an element, such as gpu:1; with GPUs it trains on them")
        ->group("SLURM");
    command.add_option("--account", slurm.account, "The account to charge")->group("SLURM");
    command.add_option("--constraint", slurm.constraint, "Features that a node must have")->group("SLURM");
    command.add_option("--sbatch-line", slurm.lines, "A further line, without #SBATCH: --mem=4G")
        ->group("SLURM")
        ->take_all();
    command.add_option("--module", slurm.modules, "Environment modules to load, separated by blanks")
        ->group("SLURM")
        ->delimiter(' ')
        ->take_all();
    command.add_option("--container", slurm.container, "A command to put before the program: 'apptainer exec x.sif'")
        ->group("SLURM");
    command.add_option("--grace", slurm.graceSeconds, "Seconds before the time limit when elements save and go")
        ->group("SLURM")
        ->check(CLI::Range(10, 3600))
        ->capture_default_str();
    command.add_option("--template", options.scriptTemplate, "A batch script in the form of `cluster template`")
        ->group("SLURM");
    command.add_option("--ssh", options.host, "Run SLURM's commands on this host, by your own ssh configuration")
        ->group("SLURM");
}

void report(const Options& options, const Bundle& bundle, const std::string& job)
{
    if (options.json)
        return printJson({{"bundle", bundle.path().string()},
                          {"models", bundle.models()},
                          {"shards", bundle.shards()},
                          {"job", job.empty() ? Json() : Json(job)},
                          {"command", elementCommand(bundle)}});
    std::cout << bundle.path().string() << ": " << counted(bundle.models(), "model") << " in "
              << counted(bundle.shards(), "shard");
    if (!job.empty())
        std::cout << ", job " << job << ". `cluster status` and `cluster collect --watch` follow it.\n";
    else
        std::cout << ". Elements to start: " << bundle.plan().tasks
                  << ", each with an index from 0 and with the job's name, in letters and digits:\n"
                  << elementCommand(bundle) << " --job \"$JOB\" --element \"$INDEX\"\n";
}

void submit(Options options)
{
    ClusterRequest& request = options.request;
    request.bundle = options.bundle;
    request.plan.program = options.program.empty() ? std::filesystem::read_symlink("/proc/self/exe")
                                                   : std::filesystem::path(options.program);
    if (!options.scriptTemplate.empty())
        request.scriptTemplate = readWhole(options.scriptTemplate, std::size_t{1} << 20);
    Study study(options.study, Study::Access::readWrite);
    const RunCommand run = commandsOn(options.host);
    const Bundle bundle = prepareBundle(study, request);
    if (options.engine == "local")
        return trainHere(study, bundle, options.json);
    std::string job;
    if (options.engine == "slurm")
        try {
            job = startJobs(bundle, run, options.host);
        } catch (const Error& error) {
            throw Error(error.what() + std::string(" The bundle ") + bundle.path().string() +
                        " is ready: " + howToBegin(bundle, options.host));
        }
    report(options, bundle, job);
}

} // namespace

void addClusterSubmit(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("submit", "Give models that wait to a cluster; the rest may be trained here");
    command->add_option("STUDY", options->study, "The study file")->required();
    command->add_option("--bundle", options->bundle,
                        "A new folder that the cluster sees under the same path; by "
                        "default beside the study");
    command->add_option("--models", options->request.models, "Only so many, from the end of the queue")
        ->check(aboveZero);
    command->add_option("--tasks", options->request.plan.tasks, "Elements of the job")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    command->add_option("--cpus", options->request.plan.cpus, "CPUs of an element; so many networks train at once")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    command->add_option("--program", options->program, "spacewright-cli as the cluster sees it; by default this one");
    command->add_option("--data", options->request.plan.data,
                        "The images as the cluster sees them; by default as here");
    command
        ->add_option("--lease", options->request.plan.leaseSeconds,
                     "Seconds of silence after which another element takes over")
        ->check(CLI::Range(1, 86400))
        ->capture_default_str();
    command->add_option("--engine", options->engine, "slurm; local: processes on this machine; print: only the command")
        ->check(CLI::IsMember({"slurm", "local", "print"}))
        ->capture_default_str();
    addSlurmOptions(*command, *options);
    addJsonFlag(*command, options->json);
    command->callback([options] { submit(*options); });
}

} // namespace spacewright
