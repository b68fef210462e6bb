// How long a run will still take.
#include "gpu/run_forecast.h"
#include <algorithm>

namespace spacewright {

void RunForecast::setOpen(std::shared_ptr<const OpenWork> open)
{
    m_open = std::move(open);
    m_begun.clear();
    for (const auto& [worker, training] : m_trainings)
        m_begun.insert(training.id);
    for (const OpenTraining& one : m_open->running)
        m_works[one.id] = one.work;
}

void RunForecast::take(const Event& event)
{
    if (const auto* started = std::get_if<ModelStarted>(&event)) {
        m_trainings[started->worker] = {started->id, Clock::now(), Clock::now(), {}, 0};
        m_begun.insert(started->id);
        const auto& waiting = m_open->waiting;
        const auto found = std::find_if(waiting.begin(), waiting.end(),
                                        [&](const OpenTraining& one) { return one.id == started->id; });
        if (found != waiting.end())
            m_works[started->id] = found->work;
    } else if (const auto* batch = std::get_if<BatchDone>(&event)) {
        Training& training = m_trainings[batch->worker];
        const double batches = static_cast<double>(batch->batches) * batch->epochs;
        const double done = static_cast<double>(batch->epoch - 1) * batch->batches + batch->batch;
        if (!training.firstShare)
            training.firstShare = (done - 1) / batches;
        training.share = done / batches;
        training.now = Clock::now();
    } else if (const auto* done = std::get_if<ModelDone>(&event)) {
        m_trainings.erase(done->worker);
        m_works.erase(done->id);
    } else if (const auto* stopped = std::get_if<WorkerStopped>(&event)) {
        m_trainings.erase(stopped->worker);
    } else if (const auto* ended = std::get_if<HelperEnded>(&event)) {
        m_trainings.erase(ended->worker);
    }
}

std::optional<CostModel> RunForecast::costs() const
{
    constexpr double leastShare = 0.02;
    if (m_open->costs)
        return m_open->costs;
    std::vector<MeasuredTraining> measured;
    for (const auto& [worker, training] : m_trainings) {
        const double done = training.share - training.firstShare.value_or(training.share);
        if (done >= leastShare && m_works.contains(training.id))
            measured.push_back({m_works.at(training.id),
                                std::chrono::duration<double>(training.now - training.started).count() / done});
    }
    return CostModel::fitted(measured);
}

std::optional<TimeLeft> RunForecast::timeLeft(std::int64_t most, double share) const
{
    const std::optional<CostModel> costs = this->costs();
    if (!costs)
        return std::nullopt;
    std::vector<RunningTraining> running;
    for (const auto& [worker, training] : m_trainings)
        if (m_works.contains(training.id))
            running.push_back({m_works.at(training.id), training.share});
    for (const OpenTraining& one : m_open->running) // of other programs
        if (!m_begun.contains(one.id))
            running.push_back({one.work, std::nullopt});
    std::vector<TrainingWork> waiting;
    for (const OpenTraining& one : m_open->waiting)
        if (std::ssize(waiting) < most && !m_begun.contains(one.id))
            waiting.push_back(one.work);
    TimeLeft left = spacewright::timeLeft(*costs, running, waiting, std::max(1, static_cast<int>(m_trainings.size())));
    for (double* part : {&left.seconds, &left.low, &left.high})
        *part /= share;
    return left;
}

} // namespace spacewright
