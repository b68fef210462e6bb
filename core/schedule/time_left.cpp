// How long a queue will take, by simulating it.
#include "core/schedule/time_left.h"
#include "core/design/random.h"
#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace spacewright {
namespace {

constexpr std::size_t mostQueues = 400, fewestQueues = 20;
constexpr std::size_t mostJobs = 40'000; ///< of all simulated queues together: some milliseconds

/// Box and Muller (1958).
double normal(Random& random)
{
    const double length = std::sqrt(-2 * std::log(1 - random.uniform()));
    return length * std::cos(2 * std::numbers::pi * random.uniform());
}

struct Predicted {
    double seconds;
    double spread; ///< of the logarithm, without what all have in common
};

std::vector<Predicted> predicted(const CostModel& model, const std::vector<TrainingWork>& trainings)
{
    const double common = model.commonSpread();
    std::vector<Predicted> result;
    for (const TrainingWork& work : trainings)
        result.push_back(
            {model.seconds(work), std::sqrt(std::max(0.0, std::pow(model.spread(work), 2) - common * common))});
    return result;
}

/// A queue whose times are drawn from what is predicted; `scale` is what all have in common.
class DrawnQueue {
public:
    DrawnQueue(Random& random, double scale) : m_random(random), m_scale(scale) {}
    double seconds(const Predicted& job) { return m_scale * job.seconds * std::exp(job.spread * normal(m_random)); }
    /// Of a training that is under way.
    double secondsLeft(const Predicted& job, const std::optional<double>& share)
    {
        return (1 - share.value_or(m_random.uniform())) * seconds(job);
    }

private:
    Random& m_random;
    double m_scale;
};

} // namespace

double makespan(std::vector<double> busy, const std::vector<double>& jobs)
{
    const auto later = std::greater<>();
    std::make_heap(busy.begin(), busy.end(), later); // the worker that is free first is in front
    for (const double job : jobs) {
        std::pop_heap(busy.begin(), busy.end(), later);
        busy.back() += job;
        std::push_heap(busy.begin(), busy.end(), later);
    }
    return busy.empty() ? 0 : *std::max_element(busy.begin(), busy.end());
}

TimeLeft timeLeft(const CostModel& model, const std::vector<RunningTraining>& running,
                  const std::vector<TrainingWork>& waiting, int workers)
{
    const auto here = std::min(running.size(), static_cast<std::size_t>(workers));
    std::vector<TrainingWork> works;
    for (const RunningTraining& training : running)
        works.push_back(training.work);
    const std::vector<Predicted> begun = predicted(model, works), jobs = predicted(model, waiting);

    const auto end = [&](auto secondsOf, auto secondsLeftOf) {
        std::vector<double> busy(static_cast<std::size_t>(workers), 0.0), times;
        double elsewhere = 0;
        for (std::size_t i = 0; i < begun.size(); ++i) {
            const double left = secondsLeftOf(begun[i], running[i].share);
            i < here ? busy[i] = left : elsewhere = std::max(elsewhere, left);
        }
        for (const Predicted& job : jobs)
            times.push_back(secondsOf(job));
        return std::max(elsewhere, makespan(busy, times));
    };
    TimeLeft result;
    result.seconds = end([](const Predicted& job) { return job.seconds; },
                         [](const Predicted& job, const std::optional<double>& share) {
                             return job.seconds * (1 - share.value_or(0.5));
                         });
    const auto queues = std::clamp(mostJobs / std::max<std::size_t>(1, jobs.size()), fewestQueues, mostQueues);
    std::vector<double> ends;
    Random random(1, 0);
    for (std::size_t i = 0; i < queues; ++i) {
        DrawnQueue queue(random, std::exp(model.commonSpread() * normal(random)));
        ends.push_back(end(
            [&](const Predicted& job) { return queue.seconds(job); },
            [&](const Predicted& job, const std::optional<double>& share) { return queue.secondsLeft(job, share); }));
    }
    std::sort(ends.begin(), ends.end());
    const auto quantile = [&](double share) {
        return ends[static_cast<std::size_t>(share * static_cast<double>(queues - 1))];
    };
    result.low = std::min(result.seconds, quantile(0.025));
    result.high = std::max(result.seconds, quantile(0.975));
    return result;
}

} // namespace spacewright
