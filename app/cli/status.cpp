// status: how far a study is.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/test_table.h"
#include "core/study/study.h"
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

struct Speed {
    double imagesPerSecond = 0;       ///< of all workers that train now, or of one when none does
    std::optional<double> etaSeconds; ///< none before there is a result to judge by
};

/// Judged by the last ten results, since networks and machines differ.
Speed speedOf(const Study& study, const Counts& counts)
{
    std::vector<Model> results = study.models();
    std::erase_if(results, [](const Model& model) { return model.finishOrder == 0 || model.imagesPerSecond <= 0; });
    std::sort(results.begin(), results.end(),
              [](const Model& a, const Model& b) { return a.finishOrder > b.finishOrder; });
    results.resize(std::min<std::size_t>(results.size(), 10));
    double images = 0, seconds = 0;
    for (const Model& model : results) {
        images += model.imagesPerSecond * model.seconds;
        seconds += model.seconds;
    }
    const double workers = static_cast<double>(std::max<std::int64_t>(1, counts.running));
    const double open = static_cast<double>(counts.waiting + counts.running);
    Speed speed;
    if (seconds > 0) {
        speed.imagesPerSecond = workers * images / seconds;
        speed.etaSeconds = open * seconds / static_cast<double>(results.size()) / workers;
    } else if (open == 0) {
        speed.etaSeconds = 0;
    }
    return speed;
}

Json jsonOf(const Counts& counts)
{
    return {{"waiting", counts.waiting},
            {"running", counts.running},
            {"finished", counts.finished},
            {"diverged", counts.diverged},
            {"failed", counts.failed}};
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
                        {"counts", jsonOf(ofSpace)}});
    }
    return list;
}

void printJsonStatus(const Study& study)
{
    const Counts counts = study.totals();
    const Speed speed = speedOf(study, counts);
    printJson({{"counts", jsonOf(counts)},
               {"spaces", jsonOfSpaces(study)},
               {"tests", jsonOf(testedModels(study))},
               {"images_per_second", speed.imagesPerSecond},
               {"eta_seconds", speed.etaSeconds ? Json(*speed.etaSeconds) : Json()}});
}

std::vector<std::string> row(const std::string& name, const Counts& c)
{
    std::vector<std::string> cells{name, modelsText(c.total(), c.reused)};
    for (const std::int64_t count : {c.waiting, c.running, c.finished, c.diverged, c.failed})
        cells.push_back(std::to_string(count));
    return cells;
}

void printTextStatus(const Study& study)
{
    std::vector<std::vector<std::string>> rows{
        {"space", "models", "waiting", "running", "finished", "diverged", "failed"}};
    std::map<SpaceId, Counts> counts = study.counts();
    for (const StudySpace& space : study.spaces())
        rows.push_back(row(space.space.name, counts[space.id]));
    const Counts totals = study.totals();
    rows.push_back(row("all", totals));
    printTable(rows);
    const Speed speed = speedOf(study, totals);
    if (speed.imagesPerSecond > 0)
        std::cout << fixed(speed.imagesPerSecond, 0) << " images per second";
    if (speed.etaSeconds && *speed.etaSeconds > 0)
        std::cout << ", " << durationText(*speed.etaSeconds)
                  << (totals.running ? " left" : " to train with one worker");
    std::cout << (speed.imagesPerSecond > 0 ? "\n" : "");
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
