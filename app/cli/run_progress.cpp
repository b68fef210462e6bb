// What a training run has done so far, collected from the workers' events.
#include "app/cli/run_progress.h"
#include "app/cli/output.h"

namespace spacewright {
namespace {

std::map<SpaceId, std::string> namesOf(const std::vector<StudySpace>& spaces)
{
    std::map<SpaceId, std::string> names;
    for (const StudySpace& space : spaces)
        names[space.id] = space.space.name;
    return names;
}

} // namespace

RunProgress::RunProgress(const std::vector<StudySpace>& spaces, std::int64_t toDo, int batch)
    : m_names(namesOf(spaces)), m_batch(batch)
{
    m_state.toDo = toDo;
}

void RunProgress::take(const Event& event)
{
    const std::lock_guard lock(m_mutex);
    m_last = Clock::now();
    m_forecast.take(event);
    if (const std::optional<DiskWaits::Notice> notice = m_diskWaits.take(event))
        m_lines.push_back({notice->sentence, false});
    std::visit([this](const auto& e) { on(e); }, event);
}

void RunProgress::on(const ModelStarted& event)
{
    if (!m_start)
        m_start = m_last;
    Worker& worker = m_workers[event.worker] = {};
    worker.started = m_last;
    worker.space = event.space;
}

void RunProgress::on(const BatchDone& event)
{
    Worker& worker = m_workers[event.worker];
    // A resumed model's first event counts batches of an earlier run, too: only its last one was trained now.
    const int counted = worker.epoch == 0 ? event.batch - 1 : event.epoch == worker.epoch ? worker.batch : 0;
    const int newBatches = event.batch - counted;
    m_images += static_cast<double>(newBatches) * m_batch;
    worker.epoch = event.epoch;
    worker.batch = event.batch;
    worker.share = (event.epoch - 1 + static_cast<double>(event.batch) / event.batches) / event.epochs;
    worker.imagesPerSecond = event.imagesPerSecond;
}

void RunProgress::on(const ModelDone& event)
{
    Worker& worker = m_workers[event.worker];
    worker.share = 0;
    if (event.state == ModelState::waiting) { // stopped, or taken back by somebody else
        if (!event.reason.empty())
            m_lines.push_back({event.reason, false});
        return;
    }
    const bool finished = event.state == ModelState::finished;
    ++(finished                              ? m_state.finished
       : event.state == ModelState::diverged ? m_state.diverged
       : event.state == ModelState::stopped  ? m_state.stopped
                                             : m_state.failed);
    const double seconds = std::chrono::duration<double>(m_last - worker.started).count();
    std::string text = "model " + std::to_string(static_cast<std::int64_t>(event.id)) + " of " +
                       m_names.at(worker.space) + ": " + toText(event.state);
    if (event.error)
        text += ", error " + fixed(*event.error, 2) + " %";
    if (!event.reason.empty())
        text += ", " + event.reason;
    text += " (" + fixed(seconds, 1) + " s; " + std::to_string(m_state.results()) + " of " +
            std::to_string(m_state.toDo) + ")";
    m_lines.push_back({text, finished});
}

void RunProgress::on(const MemoryWasFull& event)
{
    m_lines.push_back(
        {"model " + std::to_string(static_cast<std::int64_t>(event.id)) + ": the memory of " + event.device +
             " was full; it " +
             (event.parts > 0
                  ? "begins again with each batch in " + std::to_string(event.parts) + " parts"
                  : "waits until another training there has ended, or a little, and goes on from its checkpoint"),
         false});
}

void RunProgress::on(const HelperEnded& event)
{
    m_workers.erase(event.worker);
    m_lines.push_back({event.sentence, false});
}

void RunProgress::on(const DoesNotFit& event)
{
    if (!m_state.notStarted)
        m_state.notStarted = event;
}

void RunProgress::on(const WorkerStopped& event)
{
    m_workers.erase(event.worker);
    if (m_state.problem.empty())
        m_state.problem = event.problem;
    m_state.ended = m_state.ended || event.last;
}

RunProgress::State RunProgress::state() const
{
    const std::lock_guard lock(m_mutex);
    State state = m_state;
    double done = static_cast<double>(state.results());
    for (const auto& [index, worker] : m_workers) {
        done += worker.share;
        state.imagesPerSecond += worker.imagesPerSecond;
    }
    const double toDo = static_cast<double>(state.toDo);
    state.share = toDo > 0 ? std::min(1.0, done / toDo) : 1;
    const double seconds = m_start ? std::chrono::duration<double>(m_last - *m_start).count() : 0;
    if (seconds > 0)
        state.meanImagesPerSecond = m_images / seconds;
    return state;
}

void RunProgress::setOpen(std::shared_ptr<const OpenWork> open)
{
    const std::lock_guard lock(m_mutex);
    m_forecast.setOpen(std::move(open));
}

std::optional<TimeLeft> RunProgress::timeLeft() const
{
    std::unique_lock lock(m_mutex);
    const RunForecast forecast = m_forecast;
    const auto left = m_state.toDo - m_state.results() - static_cast<std::int64_t>(m_workers.size());
    lock.unlock(); // the workers' events must not wait for a simulation
    return forecast.timeLeft(left);
}

std::vector<RunProgress::Line> RunProgress::newLines()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_lines, {});
}

} // namespace spacewright
