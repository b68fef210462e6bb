// cluster collect: results of a bundle into the study, also while it trains.
#include "app/cli/cluster.h"
#include "app/cli/stop_signals.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    ClusterChoice choice;
    bool watch = false;
    bool json = false;
};

/// Looks every ten seconds: only into the bundle, SLURM is not asked.
void watch(const Study& study, std::vector<Collection>& collections)
{
    RegularBackups backups = regularBackups(study);
    StopSignals signals;
    std::string problem;
    std::int64_t told = -1;
    for (int tenths = 0; signals.wait() == 0; ++tenths) {
        if (tenths % 100 != 0)
            continue;
        std::int64_t open = 0;
        bool all = true;
        for (Collection& collection : collections) {
            const std::optional<std::int64_t> its = tryToCollect(collection, problem);
            open += its.value_or(0);
            all = all && its;
        }
        if (all && std::exchange(told, open) != open)
            std::cerr << "models still on the cluster: " << open << std::endl;
        if (all && open == 0)
            return;
        backups.makeWhenDue();
    }
}

void collect(const Options& options)
{
    Study study(options.choice.study, Study::Access::readWrite);
    const std::vector<Bundle> bundles = chosen(study, options.choice);
    std::vector<Collection> collections;
    for (const Bundle& bundle : bundles)
        collections.emplace_back(study, bundle);
    if (options.watch) {
        for (const Bundle& bundle : bundles)
            if (stateOf(study, bundle, slurmOf(bundle, options.choice)).neverBegan())
                std::cerr << bundle.path().string() << " has no job in SLURM: " << howToBegin(options.choice.host)
                          << std::endl;
        watch(study, collections);
    }
    Json list = Json::array();
    for (std::size_t i = 0; i < bundles.size(); ++i) {
        const CollectReport& report = collections[i].collect();
        Json j = jsonOf(report);
        j["bundle"] = bundles[i].path().string();
        list.push_back(j);
        if (!options.json)
            std::cout << bundles[i].path().string() << ": " << wordsOf(report) << '\n';
    }
    if (options.json)
        printJson(list);
}

} // namespace

void addClusterCollect(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("collect", "Take the results that are there into the study");
    addChoice(*command, options->choice);
    command->add_flag("--watch", options->watch, "Again every ten seconds, until nothing is open or Ctrl-C");
    addJsonFlag(*command, options->json);
    command->callback([options] { collect(*options); });
}

} // namespace spacewright
