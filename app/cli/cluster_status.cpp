// cluster status: how far the bundles of a study are.
#include "app/cli/cluster.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    ClusterChoice choice;
    bool json = false;
};

Json jsonOf(const Bundle& bundle, const BundleState& state)
{
    const bool isKnown = state.queue.problem.empty();
    return {{"bundle", bundle.path().string()},
            {"name", bundle.name()},
            {"models", state.models},
            {"results", state.results},
            {"open", state.open},
            {"shards", state.shards},
            {"shards_done", state.shardsDone},
            {"shards_taken", state.shardsTaken},
            {"attempts_open", state.attemptsOpen},
            {"attempts_ended", state.attemptsEnded},
            {"cancelled", state.cancelled},
            {"pending", isKnown ? Json(state.queue.pending) : Json()},
            {"running", isKnown ? Json(state.queue.running) : Json()},
            {"queue_problem", state.queue.problem},
            {"needs_resume", state.needsResume()},
            {"problems", state.problems}};
}

std::string wordsOf(const Bundle& bundle, const BundleState& state, const std::string& host)
{
    std::string text = bundle.path().string() + ": " + std::to_string(state.results) + " of " +
                       std::to_string(state.models) + " models trained, " + std::to_string(state.open) +
                       " not collected; shards: " + std::to_string(state.shardsDone) + " done, " +
                       std::to_string(state.shardsTaken) + " begun, " +
                       std::to_string(state.shards - state.shardsDone - state.shardsTaken) +
                       " free; attempts: " + std::to_string(state.attemptsOpen) + " open, " +
                       std::to_string(state.attemptsEnded) + " ended.\n";
    const std::string reason = state.queue.waitsFor();
    if (state.submitted && state.queue.problem.empty())
        text += "Elements in SLURM's queue: " + std::to_string(state.queue.running) + " running, " +
                std::to_string(state.queue.pending) + " waiting" + (reason.empty() ? "" : " (" + reason + ")") + ".\n";
    text += adviceOn(bundle, state, host);
    if (!state.cancelled && state.open > 0 && state.results == state.models)
        text += "All is trained: `cluster collect` takes it into the study.\n";
    return text;
}

void show(const Options& options)
{
    const Study study(options.choice.study, Study::Access::readOnly);
    Json list = Json::array();
    for (const Bundle& bundle : chosen(study, options.choice)) {
        const BundleState state = stateOf(study, bundle, slurmOf(bundle, options.choice));
        if (options.json)
            list.push_back(jsonOf(bundle, state));
        else
            std::cout << wordsOf(bundle, state, options.choice.host);
    }
    if (options.json)
        printJson(list);
}

} // namespace

void addClusterStatus(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("status", "How far the bundles of a study are; asks SLURM once for each");
    addChoice(*command, options->choice);
    addJsonFlag(*command, options->json);
    command->callback([options] { show(*options); });
}

} // namespace spacewright
