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

/// Looks into the bundles every ten seconds, and asks SLURM once a minute what runs, which is said when it changed.
class Watch {
public:
    Watch(const Study& study, const std::vector<Bundle>& bundles, const ClusterChoice& choice)
        : m_study(study), m_bundles(bundles), m_choice(choice), m_backups(regularBackups(study))
    {
    }
    void run(std::vector<Collection>& collections)
    {
        StopSignals signals;
        for (int tenths = 0; signals.wait() == 0; ++tenths) {
            if (tenths % 100 == 0 && !collect(collections))
                return;
            if (tenths % 600 == 0)
                tellAdvice();
        }
    }

private:
    /// Whether models are open.
    bool collect(std::vector<Collection>& collections)
    {
        std::int64_t open = 0;
        bool all = true;
        for (Collection& collection : collections) {
            const std::optional<std::int64_t> its = tryToCollect(collection, m_problem);
            open += its.value_or(0);
            all = all && its;
        }
        if (all && std::exchange(m_told, open) != open)
            std::cerr << "models still on the cluster: " << open << std::endl;
        m_backups.makeWhenDue();
        return !all || open > 0;
    }
    void tellAdvice()
    {
        std::string text;
        for (const Bundle& bundle : m_bundles)
            try {
                const BundleState state = stateOf(m_study, bundle, slurmOf(bundle, m_choice));
                std::string advice = adviceOn(bundle, state, m_choice.host);
                if (state.queue.running == 0 && !state.queue.waitsFor().empty())
                    advice += "Its elements wait in SLURM's queue (" + state.queue.waitsFor() + ").\n";
                text += advice.empty() ? "" : bundle.path().string() + ": " + advice;
            } catch (const std::exception&) { // the disk is away, as collecting says
            }
        if (std::exchange(m_advice, text) != text)
            std::cerr << text << std::flush;
    }

    const Study& m_study;
    const std::vector<Bundle>& m_bundles;
    const ClusterChoice& m_choice;
    RegularBackups m_backups;
    std::string m_problem, m_advice;
    std::int64_t m_told = -1;
};

void collect(const Options& options)
{
    Study study(options.choice.study, Study::Access::readWrite);
    const std::vector<Bundle> bundles = chosen(study, options.choice);
    std::vector<Collection> collections;
    for (const Bundle& bundle : bundles)
        collections.emplace_back(study, bundle);
    if (options.watch)
        Watch(study, bundles, options.choice).run(collections);
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
