// bench cluster: a bundle of many models and elements, with made-up results: submitting, status, collecting.
#include "app/cli/bench.h"
#include "app/cli/output.h"
#include "core/checksum.h"
#include "core/cluster/attempt.h"
#include "core/cluster/submission.h"
#include <CLI/CLI.hpp>
#include <chrono>
#include <fstream>

namespace spacewright {
namespace {

struct Options {
    std::int64_t models = 100'000;
    int elements = 1000;
    std::int64_t weights = 4096;
    bool json = false;
};

double seconds(const std::function<void()>& action)
{
    const auto start = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The most memory that this process has held, in MB (proc(5)).
double peakMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (double kilobytes = 0; word == "VmHWM:" && status >> kilobytes)
            return kilobytes / 1e3;
    return 0;
}

/// From now on `peakMegabytes` counts what is held from now on.
void forgetPeak()
{
    std::ofstream("/proc/self/clear_refs") << 5;
}

/// What an element writes, without syncing each line: the journal is the same.
void makeUp(const Bundle& bundle, int element, const Options& options)
{
    const std::string token = ElementName{"1", element, 0}.token();
    const std::filesystem::path folder = bundle.path() / "results" / token, claims = bundle.path() / "claims";
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "alive") << ".";
    std::ofstream(bundle.path() / "logs" / ("1_" + std::to_string(element) + ".txt")) << "Attempt " << token << '\n';
    for (int shard = element; shard < bundle.shards(); shard += options.elements)
        for (const char* ending : {".0", ".done"})
            std::ofstream(claims / (std::to_string(shard) + ending)) << token << '\n';
    std::ofstream journal(folder / "journal.jsonl"), weights(folder / "weights.bin");
    const std::string bytes(static_cast<std::size_t>(options.weights), 'w');
    std::int64_t offset = 0;
    for (std::int64_t id = element + 1; id <= options.models; id += options.elements) {
        ResultLine line;
        line.trained.model.id = ModelId{id};
        line.trained.model.state = ModelState::finished;
        line.trained.model.error = static_cast<double>(id % 900) / 10;
        line.trained.model.seconds = 10;
        for (int epoch = 1; epoch <= 10; ++epoch)
            line.trained.epochs.push_back({epoch, 0.1, 1.0 / epoch, 30.0 / epoch, 31.0 / epoch, 1});
        if (options.weights > 0)
            line.weights = {.offset = offset, .bytes = options.weights, .checksum = checksum(bytes)};
        weights << (options.weights > 0 ? bytes : "");
        offset += options.weights;
        journal << journalLine(toJson(line));
    }
}

std::int64_t filesIn(const std::filesystem::path& folder)
{
    const auto all = std::filesystem::recursive_directory_iterator(folder);
    return std::distance(begin(all), end(all));
}

void benchCluster(const Options& options)
{
    const TemporaryFolder folder;
    Study study = Study::create(folder.path() / "bench.study", Recipe{});
    StudySpace space;
    space.space = namedSpace("AnyNetX_A");
    study.addModels(study.addSpace(space), repeatedSamples(options.models), options.models);
    ClusterRequest request;
    request.plan.tasks = options.elements;
    std::optional<Bundle> bundle;
    std::vector<Measured> rows;
    rows.push_back({"submit", seconds([&] { bundle = prepareBundle(study, request); }), "s"});
    for (int element = 0; element < options.elements; ++element)
        makeUp(*bundle, element, options);
    rows.push_back({"files and folders of the bundle", static_cast<double>(filesIn(bundle->path())), ""});
    rows.push_back({"status", seconds([&] { stateOf(study, *bundle, commandsOn()); }), "s"});
    forgetPeak();
    CollectReport report;
    rows.push_back({"collect", seconds([&] { report = Collection(study, *bundle).collect(); }), "s"});
    rows.push_back({"results taken", static_cast<double>(report.taken), ""});
    rows.push_back({"most memory while collecting", peakMegabytes(), "MB"});
    rows.push_back({"collect again", seconds([&] { Collection(study, *bundle).collect(); }), "s"});
    print(rows, options.json);
}

} // namespace

void addBenchCluster(CLI::App& bench)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = bench.add_subcommand("cluster", "Time submitting to a cluster and collecting made-up results");
    command->add_option("--models", options->models, "Results")
        ->check(CLI::Range(1, 10'000'000))
        ->capture_default_str();
    command->add_option("--elements", options->elements, "Elements that wrote them")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command->add_option("--weights", options->weights, "Bytes of weights of each model")
        ->check(CLI::Range(0, 1 << 30))
        ->capture_default_str();
    addJsonFlag(*command, options->json);
    command->callback([options] { benchCluster(*options); });
}

} // namespace spacewright
