// run: trains the waiting models of a study, until none waits or it is stopped.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/run_progress.h"
#include "app/cli/stop_signals.h"
#include "core/duration.h"
#include "core/error.h"
#include "core/study/file_system.h"
#include <CLI/CLI.hpp>
#include <iostream>
#include <unistd.h>

namespace spacewright {
namespace {

struct Options {
    EngineOptions engine;
    std::string study;
    double minutes = 0; ///< 0: no limit
    bool retry = false;
    bool json = false;
};

/// A bar on a terminal, a line for each result elsewhere; always on standard error.
class Display {
public:
    void show(RunProgress& progress)
    {
        if (m_terminal && Clock::now() >= m_nextLook) {
            const auto start = Clock::now();
            m_left = progress.timeLeft();
            m_nextLook = Clock::now() + std::max<Clock::duration>(std::chrono::seconds(1), 50 * (Clock::now() - start));
        }
        for (const RunProgress::Line& line : progress.newLines())
            if (!m_terminal || !line.finished)
                std::cerr << clear() << line.text << std::endl;
        if (m_terminal)
            std::cerr << clear() << bar(progress.state()) << std::flush;
    }
    void end() { std::cerr << clear() << std::flush; }
    void say(const std::string& text) { std::cerr << clear() << text << std::endl; }

private:
    const char* clear() const { return m_terminal ? "\r\033[K" : ""; }

    std::string bar(const RunProgress::State& state) const
    {
        constexpr int width = 30;
        const int full = static_cast<int>(state.share * width);
        std::string text = "[" + std::string(full, '#') + std::string(width - full, '-') + "] " +
                           std::to_string(state.results()) + "/" + std::to_string(state.toDo) + " models  " +
                           fixed(state.imagesPerSecond, 0) + " img/s";
        if (m_left)
            text += "  " + std::to_string(state.toDo - state.results()) + " left, " +
                    durationText(m_left->seconds, m_left->low, m_left->high);
        return text;
    }

    using Clock = std::chrono::steady_clock;
    Clock::time_point m_nextLook; ///< at the time left, which costs some milliseconds
    std::optional<TimeLeft> m_left;

    const bool m_terminal = isatty(STDERR_FILENO) != 0;
};

/// Reads what is open again and again, but for no more than a fiftieth of the time.
class OpenReader {
public:
    OpenReader(std::filesystem::path study, RunProgress& progress) : m_study(std::move(study)), m_progress(progress)
    {
        read();
    }
    void readWhenDue()
    {
        if (Clock::now() >= m_next)
            read();
    }

private:
    using Clock = std::chrono::steady_clock;
    void read()
    {
        const auto start = Clock::now();
        try {
            const Study study(m_study, Study::Access::readOnly); // anew: its disk may have been away
            m_progress.setOpen(std::make_shared<OpenWork>(openWork(study)));
        } catch (const Error&) { // the workers know what that means; what was read before serves meanwhile
        }
        m_next = Clock::now() + std::max<Clock::duration>(std::chrono::seconds(5), 50 * (Clock::now() - start));
    }
    const std::filesystem::path m_study;
    RunProgress& m_progress;
    Clock::time_point m_next;
};

RunProgress::State train(const Options& options, RunProgress& progress)
{
    StopSignals signals;
    Display display;
    OpenReader reader(options.study, progress);
    const auto engine = startEngine(options.engine, [&](const Event& event) { progress.take(event); });
    display.say("Training on " + engine->device() + " with " + std::to_string(engine->workers()) +
                " workers; Ctrl-C stops and keeps everything.");
    bool stopped = false;
    while (!progress.state().ended) {
        if (signals.wait() != 0 && !stopped) {
            stopped = true;
            engine->requestStop();
            display.say("Stopping after the current batch.");
        }
        reader.readWhenDue();
        display.show(progress);
    }
    display.show(progress);
    display.end();
    return progress.state();
}

/// Why a run with a time budget ended early.
std::string notStartedText(const DoesNotFit& model, const Study& study)
{
    return "Model " + std::to_string(static_cast<std::int64_t>(model.id)) + " of " +
           study.space(model.space).space.name + " was not started: it would take about " +
           durationText(model.seconds) + ", and " + durationText(std::max(0.0, model.secondsLeft)) +
           " of the time were left; it comes first in the next run.";
}

void run(Options options)
{
    options.engine.study = options.study;
    if (options.minutes > 0)
        options.engine.seconds = 60 * options.minutes;
    const std::int64_t limit = options.engine.models;
    std::optional<RunProgress> progress;
    {
        Study study(options.study, Study::Access::readWrite);
        if (study.releaseAbandoned() > 0 && !options.engine.isolated)
            std::cerr
                << "Training of this study ended unexpectedly: its program crashed or was killed. Its models go on "
                   "from their checkpoints; `run --isolated` outlives such an end.\n";
        if (options.retry)
            for (const Model& model : study.models())
                if (model.state == ModelState::failed && study.space(model.space).importedFrom.empty())
                    study.retry(model.id);
        if (const auto notice = sharedDiskNotice(options.study))
            std::cerr << *notice << '\n';
        const Counts before = study.totals();
        const std::int64_t open = before.waiting + before.runningHere(); // some as a run that was killed left them
        progress.emplace(study.spaces(), limit > 0 ? std::min(limit, open) : open, study.recipe().batch);
    }
    const RunProgress::State end = train(options, *progress);

    if (std::error_code unknown; !end.problem.empty() && !std::filesystem::exists(options.study, unknown))
        throw Error(end.problem); // nothing more can be said
    const Study study(options.study, Study::Access::readOnly);
    if (end.notStarted)
        std::cerr << notStartedText(*end.notStarted, study) << '\n';
    const Counts after = study.totals();
    const std::int64_t remaining = after.waiting + after.running;
    if (options.json)
        printJson({{"finished", end.finished},
                   {"diverged", end.diverged},
                   {"failed", end.failed},
                   {"stopped", end.stopped},
                   {"remaining", remaining},
                   {"lent", after.lent},
                   {"images_per_second", end.meanImagesPerSecond}});
    else
        std::cout << end.finished << " finished, " << end.diverged << " diverged, " << end.failed << " failed, "
                  << (end.stopped > 0 ? std::to_string(end.stopped) + " stopped early, " : "") << remaining << " remain"
                  << (after.lent > 0 ? ", " + std::to_string(after.lent) + " of them on a cluster" : "") << "; "
                  << fixed(end.meanImagesPerSecond, 0) << " images per second\n";
    if (!end.problem.empty())
        throw Error(end.problem);
}

} // namespace

void addRun(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("run", "Train the models that wait; Ctrl-C stops cleanly, running it again goes on");
    command->add_option("STUDY", options->study, "The study file")->required();
    command->add_option("--workers", options->engine.workers, "Networks trained at once; 0 chooses by the device")
        ->check(CLI::Range(0, 256))
        ->capture_default_str();
    addDeviceOption(*command, options->engine.device);
    command->add_flag("--reference", options->engine.reference, "Train with plain LibTorch on the CPU");
    command->add_flag("--isolated", options->engine.isolated,
                      "Train in a process for each worker: a crash ends that one only, which is started again");
    command->add_flag("--retry", options->retry, "Also the models that failed; they go on from their checkpoints");
    command->add_option("--models", options->engine.models, "Stop after so many results")->check(aboveZero);
    command
        ->add_option("--minutes", options->minutes,
                     "Stop after so many minutes; what would not be done by then is not started")
        ->check(aboveZero);
    command->add_flag("--stop-hopeless", options->engine.stopHopeless,
                      "End trainings that even the largest improvement seen so far would leave worse than the median; "
                      "their errors stay unknown and EDFs become bands");
    addJsonFlag(*command, options->json);
    command->callback([options] { run(*options); });
}

} // namespace spacewright
