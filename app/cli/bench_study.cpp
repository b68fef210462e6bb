// bench study: the study file as a queue and as a store, at growing numbers of models.
#include "app/cli/bench.h"
#include "app/cli/output.h"
#include "core/statistics/population.h"
#include <CLI/CLI.hpp>
#include <chrono>

namespace spacewright {
namespace {

struct Options {
    std::int64_t rows = 100'000;
    bool json = false;
};

double seconds(const std::function<void()>& action)
{
    const auto start = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void measure(std::int64_t n, std::vector<Measured>& rows)
{
    constexpr int results = 200;
    const TemporaryFolder folder;
    Study study = Study::create(folder.path() / "bench.study", Recipe{});
    StudySpace space;
    space.space = namedSpace("AnyNetX_A");
    const SpaceId id = study.addSpace(space);
    const std::string of = ", " + std::to_string(n) + " models";
    const std::vector<Sample> all = repeatedSamples(n);
    rows.push_back({"add" + of, static_cast<double>(n) / seconds([&] { study.addModels(id, all, n); }), "models/s"});
    std::vector<Model> claimed;
    rows.push_back({"claim" + of, results / seconds([&] {
                                      for (int i = 0; i < results; ++i)
                                          claimed.push_back(study.claimNext().value());
                                  }),
                    "models/s"});
    rows.push_back({"record and finish" + of, results / seconds([&] {
                                                  for (const Model& model : claimed) {
                                                      study.recordEpoch(model.id, {.number = 1, .validationError = 20});
                                                      study.finish(model.id, ModelState::finished, 20, "", 1, 1000);
                                                  }
                                              }),
                    "models/s"});
    rows.push_back({"read all" + of, 1000 * seconds([&] { view(study); }), "ms"});
    rows.push_back({"read what is new" + of, shortestRun([&] { study.modelsSince(results - 1); }), "ms"});
    rows.push_back({"counts" + of, shortestRun([&] { study.counts(); }), "ms"});
    const std::string cluster = std::string(borrowerPrefix) + "bench";
    const std::vector<ModelId> lent = study.lend(study.waiting(), cluster);
    StudyFollower follower;
    follower.view(study, DivergedModels::atChance);
    constexpr int looks = 10;
    rows.push_back({"view after a cluster's result" + of, 1000.0 / looks * seconds([&] {
                                                              for (int i = 0; i < looks; ++i) {
                                                                  Model result = study.model(lent.at(i));
                                                                  result.state = ModelState::finished;
                                                                  result.error = 20;
                                                                  study.recordLent(cluster, {{result, {}}});
                                                                  follower.view(study, DivergedModels::atChance);
                                                              }
                                                          }),
                    "ms"});
    rows.push_back({"file size" + of, static_cast<double>(std::filesystem::file_size(study.path())) / 1e6, "MB"});
}

void benchStudy(const Options& options)
{
    std::vector<Measured> rows;
    for (std::int64_t n = 1000; n <= options.rows; n *= 10)
        measure(n, rows);
    print(rows, options.json);
}

} // namespace

void addBenchStudy(CLI::App& bench)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = bench.add_subcommand("study", "Time adding, claiming, finishing and reading models");
    command->add_option("--rows", options->rows, "Up to so many models, from a thousand on by factors of ten")
        ->check(CLI::Range(1000, 10'000'000))
        ->capture_default_str();
    addJsonFlag(*command, options->json);
    command->callback([options] { benchStudy(*options); });
}

} // namespace spacewright
