// cluster: a study's models trained on many machines; its commands are in files of their own.
#include "app/cli/cluster.h"
#include "app/cli/commands.h"
#include "core/error.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {

void addChoice(CLI::App& command, ClusterChoice& choice)
{
    command.add_option("STUDY", choice.study, "The study file")->required();
    command.add_option("--bundle", choice.bundle, "One bundle; by default all that the study waits for");
    command.add_option("--ssh", choice.host, "Run SLURM's commands on this host; by default as it was submitted");
}

std::vector<std::filesystem::path> chosenPaths(const Study& study, const ClusterChoice& choice)
{
    if (!choice.bundle.empty())
        return {std::filesystem::absolute(choice.bundle).lexically_normal()};
    std::vector<std::filesystem::path> paths = bundlesOf(study);
    if (paths.empty())
        throw Error("No model of " + choice.study +
                    " is on a cluster. Name a bundle with --bundle to look at an old one.");
    return paths;
}

std::vector<Bundle> chosen(const Study& study, const ClusterChoice& choice)
{
    std::vector<Bundle> bundles;
    const std::vector<std::filesystem::path> paths = chosenPaths(study, choice);
    for (const std::filesystem::path& path : paths)
        try {
            bundles.emplace_back(path);
        } catch (const Error& error) {
            const std::string sentence =
                error.what() +
                std::string(" If it is gone for good, `cluster cancel` lets its models wait here again.");
            if (paths.size() == 1)
                throw Error(sentence);
            std::cerr << sentence << std::endl;
        }
    if (bundles.empty())
        throw Error("None of the bundles that " + choice.study + " waits for can be read.");
    return bundles;
}

RunCommand slurmOf(const Bundle& bundle, const ClusterChoice& choice)
{
    const auto submissions = bundle.submissions();
    return commandsOn(!choice.host.empty() || submissions.empty() ? choice.host : submissions.back().host);
}

std::string howToBegin(const Bundle& bundle, const std::string& host)
{
    return "`cluster resume" + (host.empty() ? "" : " --ssh " + shellWord(host)) + "` submits it, if need be after " +
           (bundle.path() / "job.sbatch").string() + " was mended; `cluster cancel` gives its models back.";
}

std::string adviceOn(const Bundle& bundle, const BundleState& state, const std::string& host)
{
    std::string text;
    if (!state.queue.problem.empty())
        text += "SLURM does not say what runs (" + state.queue.problem + ").\n";
    if (state.cancelled)
        text += "It was cancelled; `cluster resume --bundle` goes on with it.\n";
    else if (state.needsResume())
        text += "No element of it is left in the queue, but models are: `cluster resume` goes on.\n";
    else if (state.neverBegan())
        text += "SLURM has no job of it: " + howToBegin(bundle, host) + "\n";
    for (const std::string& problem : state.problems)
        text += problem + "\n";
    return text;
}

std::optional<std::int64_t> tryToCollect(Collection& collection, std::string& problem)
{
    try {
        const std::int64_t open = collection.collect().open;
        problem.clear();
        return open;
    } catch (const StorageError& error) {
        if (std::exchange(problem, error.what()) != error.what())
            std::cerr << error.what() << " It is tried again." << std::endl;
        return std::nullopt;
    }
}

RegularBackups regularBackups(const Study& study)
{
    return {study.path(), [](const std::string& text) { std::cerr << text << std::endl; }};
}

std::string wordsOf(const CollectReport& report)
{
    const auto part = [](std::int64_t n, const std::string& what) {
        return n > 0 ? ", " + what + ": " + std::to_string(n) : std::string();
    };
    std::string text = "Results taken: " + std::to_string(report.taken) +
                       ", models still on the cluster: " + std::to_string(report.open) +
                       part(report.identical, "results that came twice with the same numbers") +
                       part(report.late, "results of models that were taken back") +
                       part(report.noWeights, "models whose weights are damaged") +
                       part(report.damaged, "damaged lines passed over") + ".";
    for (const std::string& sentence : report.differing)
        text += "\n" + sentence;
    return text;
}

Json jsonOf(const CollectReport& report)
{
    return {{"taken", report.taken},          {"open", report.open},
            {"identical", report.identical},  {"late", report.late},
            {"no_weights", report.noWeights}, {"damaged_lines", report.damaged},
            {"differing", report.differing}};
}

void addCluster(CLI::App& app)
{
    CLI::App* cluster = app.add_subcommand(
        "cluster", "Train models on a SLURM cluster, or in several processes here; the study waits for them");
    cluster->require_subcommand(1);
    addClusterSubmit(*cluster);
    addClusterStatus(*cluster);
    addClusterCollect(*cluster);
    addClusterCancel(*cluster);
    addClusterResume(*cluster);
    addClusterWork(*cluster);
    cluster->add_subcommand("template", "Print the batch script, to edit and give to submit --template")->callback([] {
        std::cout << defaultTemplate();
    });
}

} // namespace spacewright
