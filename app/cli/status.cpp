// status: how far a study is.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/test_table.h"
#include "core/duration.h"
#include "core/schedule/open_work.h"
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>

namespace spacewright {
namespace {

struct Options {
    std::string study;
    bool watch = false;
    bool json = false;
};

/// Images per second of all workers that train now but for a cluster's, or of one when none does. Judged by the last
/// ten results, since networks and machines differ.
double imagesPerSecond(const Study& study, const Counts& counts)
{
    double images = 0, seconds = 0;
    for (const Model& model : study.latestResults(10)) {
        images += model.imagesPerSecond * model.seconds;
        seconds += model.seconds;
    }
    return seconds > 0 ? static_cast<double>(std::max<std::int64_t>(1, counts.runningHere())) * images / seconds : 0;
}

Json jsonOf(const Counts& counts)
{
    return {{"waiting", counts.waiting},    {"running", counts.running}, {"finished", counts.finished},
            {"diverged", counts.diverged},  {"failed", counts.failed},   {"stopped", counts.stopped},
            {"set_aside", counts.setAside}, {"lent", counts.lent}};
}

Json jsonOfSpaces(const Study& study)
{
    std::map<SpaceId, Counts> counts = study.counts();
    Json list = Json::array();
    for (const StudySpace& space : study.spaces()) {
        const Counts& ofSpace = counts[space.id];
        list.push_back({{"name", space.space.name},
                        {"models", ofSpace.total()},
                        {"reused", ofSpace.reused},
                        {"set_aside", space.setAside},
                        {"imported_from", space.importedFrom},
                        {"counts", jsonOf(ofSpace)}});
    }
    return list;
}

void printJsonStatus(const Study& study)
{
    const Counts counts = study.totals();
    const OpenWork open = openWork(study);
    const std::optional<TimeLeft> left = timeLeft(open, 1);
    const auto orNull = [&](double TimeLeft::*part) { return left ? Json((*left).*part) : Json(); };
    Json longOnes = Json::array();
    for (const LongTraining& one : longTrainings(open))
        longOnes.push_back({{"model", static_cast<std::int64_t>(one.id)}, {"seconds", one.seconds}});
    printJson({{"counts", jsonOf(counts)},
               {"recipe", Json::parse(toJson(study.recipe()))},
               {"spaces", jsonOfSpaces(study)},
               {"tests", jsonOf(testedModels(study))},
               {"images_per_second", imagesPerSecond(study, counts)},
               {"eta_seconds", orNull(&TimeLeft::seconds)},
               {"eta_low", orNull(&TimeLeft::low)},
               {"eta_high", orNull(&TimeLeft::high)},
               {"prediction_spread", open.costs ? Json(open.costs->residualSpread()) : Json()},
               {"long_models", longOnes}});
}

std::vector<std::string> row(const std::string& name, const Counts& c)
{
    std::vector<std::string> cells{name, modelsText(c.total(), c.reused)};
    for (const std::int64_t count : {c.waiting, c.running, c.finished, c.diverged, c.failed, c.stopped})
        cells.push_back(std::to_string(count));
    return cells;
}

/// A sentence about the models that will take much longer than the others; nothing without any.
std::string longText(const OpenWork& open)
{
    constexpr std::size_t most = 5;
    std::vector<std::string> parts;
    const std::vector<LongTraining> all = longTrainings(open);
    for (std::size_t i = 0; i < std::min(most, all.size()); ++i)
        parts.push_back("model " + std::to_string(static_cast<std::int64_t>(all[i].id)) + " about " +
                        durationText(all[i].seconds));
    if (all.size() > most)
        parts.push_back("and " + std::to_string(all.size() - most) + " more");
    return parts.empty() ? ""
                         : "More than " + valueText(longerThan) +
                               " times as long as the median of those that wait: " + joined(parts) + ".\n";
}

void printTextStatus(const Study& study)
{
    std::vector<std::vector<std::string>> rows{
        {"space", "models", "waiting", "running", "finished", "diverged", "failed", "stopped"}};
    std::map<SpaceId, Counts> counts = study.counts();
    std::string aside, imported;
    for (const StudySpace& space : study.spaces()) {
        rows.push_back(row(space.space.name, counts[space.id]));
        if (space.setAside)
            aside += (aside.empty() ? "" : ", ") + space.space.name;
        if (!space.importedFrom.empty())
            imported += (imported.empty() ? "" : ", ") + space.space.name + " (" + space.importedFrom + ")";
    }
    const Counts totals = study.totals();
    rows.push_back(row("all", totals));
    printTable(rows);
    if (totals.setAside > 0 || !aside.empty())
        std::cout << "Set aside: " << (aside.empty() ? "" : aside + "; ") << totals.setAside
                  << " models that are not trained until taken up again.\n";
    if (totals.lent > 0)
        std::cout << totals.lent << " of those that run do so on a cluster; `cluster status` says more.\n";
    if (!imported.empty())
        std::cout << "Imported, not trained here: " << imported << ".\n";
    const OpenWork open = openWork(study);
    const std::optional<TimeLeft> left = timeLeft(open, 1);
    const double rate = imagesPerSecond(study, totals);
    if (rate > 0)
        std::cout << fixed(rate, 0) << " images per second";
    if (left && left->seconds > 0)
        std::cout << ", " << durationText(left->seconds, left->low, left->high)
                  << (totals.runningHere() ? " left" : " to train with one worker");
    std::cout << (rate > 0 ? "\n" : "");
    std::cout << longText(open);
    if (const std::vector<TestedModel> tested = testedModels(study); !tested.empty()) {
        std::cout << "\nOn test images, which no decision saw:\n";
        printTable(rowsOf(tested));
    }
    std::cout << std::flush;
}

/// Prints again whenever the study has changed, until nothing waits or runs.
void watch(const Study& study)
{
    std::int64_t version = study.dataVersion();
    printTextStatus(study);
    for (Counts counts = study.totals(); counts.waiting + counts.running > 0; counts = study.totals()) {
        std::this_thread::sleep_for(std::chrono::seconds(1));
        if (const std::int64_t now = study.dataVersion(); now != version) {
            version = now;
            std::cout << '\n';
            printTextStatus(study);
        }
    }
}

void printStatus(const Options& options)
{
    const Study study(options.study, Study::Access::readOnly);
    if (options.watch)
        watch(study);
    else
        options.json ? printJsonStatus(study) : printTextStatus(study);
}

} // namespace

void addStatus(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("status", "How far a study is: counts, speed, time left");
    command->add_option("STUDY", options->study, "The study file")->required();
    CLI::Option* watch = command->add_flag("--watch", options->watch, "Print again on every change, until all is done");
    addJsonFlag(*command, options->json);
    watch->excludes("--json");
    command->callback([options] { printStatus(*options); });
}

} // namespace spacewright
