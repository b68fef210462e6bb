// bench charts: the window with many models, measured by the window's own program.
#include "app/cli/bench.h"
#include "app/cli/output.h"
#include "core/error.h"
#include "core/study/sqlite.h"
#include "core/study/study.h"
#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace spacewright {
namespace {

struct Options {
    std::vector<std::int64_t> models{10'000, 100'000};
    bool json = false;
};

/// A study whose models have results that were made up, but for the last few.
void makeStudy(const std::filesystem::path& path, std::int64_t n)
{
    constexpr int waiting = 20;
    Study study = Study::create(path, Recipe{});
    StudySpace wide, narrow;
    wide.space = namedSpace("AnyNetX_A");
    narrow.space = namedSpace("AnyNetX_B");
    narrow.parent = study.addSpace(wide);
    const SpaceId child = study.addSpace(narrow);
    study.addModels(*narrow.parent, repeatedSamples(n / 2), n / 2);
    study.addModels(child, repeatedSamples(n - n / 2), n - n / 2);
    Database database(path, Database::Access::readWrite);
    // Errors between 12 and 60 percent, most of them low: a made-up population, the same each time.
    Statement(database, "UPDATE model SET state = 'finished', error = 12 + 48.0 * ((id * 7919) % 10007) / 10007 * "
                        "((id * 104729) % 10007) / 10007, seconds = 2, images_per_second = 4000, finish_order = id "
                        "WHERE id % (SELECT count(*) / ? FROM model) > 0")
        .bind(std::int64_t{waiting})
        .run();
    Statement(database, "UPDATE study SET finish_order = (SELECT max(finish_order) FROM model)").run();
}

std::string quoted(const std::filesystem::path& path)
{
    std::string text = "'";
    for (const char c : path.string())
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

/// What the program wrote on its standard output.
std::string output(const std::string& command)
{
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
    std::string text;
    char part[4096];
    while (const std::size_t n = pipe ? std::fread(part, 1, sizeof part, pipe.get()) : 0)
        text.append(part, n);
    return text;
}

void benchCharts(const Options& options)
{
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "spacewright";
    if (!std::filesystem::exists(program))
        throw Error("The window's program is not there (" + program.string() + "). Build it, then measure again.");
    std::vector<Measured> rows;
    const TemporaryFolder folder;
    // Neither a display nor the person's settings: the layout is the first one.
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    setenv("XDG_CONFIG_HOME", folder.path().c_str(), 1);
    setenv("XDG_RUNTIME_DIR", folder.path().c_str(), 0);
    for (const std::int64_t n : options.models) {
        const std::filesystem::path study = folder.path() / (std::to_string(n) + ".study");
        makeStudy(study, n);
        const std::string text = output(quoted(program) + " --bench-charts " + quoted(study));
        const nlohmann::json measured = nlohmann::json::parse(text, nullptr, false);
        if (!measured.is_array())
            throw Error(
                "The window ended before all was measured. Start \"spacewright --bench-charts STUDY\" to see why.");
        for (const auto& row : measured)
            rows.push_back({row["name"], row["value"], row["unit"]});
    }
    print(rows, options.json);
}

} // namespace

void addBenchCharts(CLI::App& bench)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = bench.add_subcommand("charts", "Measure the window with studies of many models, offscreen");
    command->add_option("--models", options->models, "Of each study")
        ->check(CLI::Range(100, 1'000'000))
        ->capture_default_str();
    addJsonFlag(*command, options->json);
    command->callback([options] { benchCharts(*options); });
}

} // namespace spacewright
