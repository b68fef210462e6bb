// The worker's loop, and what the workers share.
#include "gpu/worker.h"
#include "core/error.h"
#include "core/schedule/stopping.h"
#include "core/schedule/turn.h"
#include "gpu/device.h"
#include "gpu/trainer.h"
#include <spdlog/spdlog.h>
#include <cstdio>
#include <limits>

namespace spacewright {

namespace {

constexpr auto eventInterval = std::chrono::milliseconds(50); // between batch events; an eye sees no more

std::shared_ptr<const DataSet> prepare(const std::filesystem::path& path)
{
    Study study(path, Study::Access::readWrite);
    study.releaseAbandoned();
    const Recipe& recipe = study.recipe();
    return std::make_shared<DataSet>(loadDataSet(recipe.data, recipe.trainingImages, recipe.validationImages));
}

/// LibTorch appends a stack trace to its message.
std::string firstLine(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

Outcome failed(const TrainingJob& job, const std::string& reason)
{
    std::filesystem::remove(job.checkpoint);
    return {.state = ModelState::failed, .error = {}, .reason = reason};
}

Outcome stopped(const TrainingJob& job, Outcome outcome, double atLeast, int epoch)
{
    std::filesystem::remove(job.checkpoint);
    char words[96];
    std::snprintf(words, sizeof words, "hopeless after epoch %d of %d: its error is at least %.1f %%", epoch,
                  job.recipe.epochs, atLeast);
    outcome.state = ModelState::stopped;
    outcome.error = atLeast;
    outcome.reason = words;
    return outcome;
}

class Worker {
public:
    Worker(Crew& crew, int index)
        : m_crew(crew), m_index(index), m_study(crew.options().study, Study::Access::readWrite)
    {
    }
    void run();

private:
    std::optional<Model> claim(std::int64_t left);
    bool fits(const Model&, const std::optional<CostModel>&);
    Outcome trained(const Model&);
    std::optional<double> hopeless(const Epoch&, int epochs) const;
    void record(const Model&, const Outcome&);
    void giveBack(const Model&);
    void say(const Model&, BatchDone);

    Crew& m_crew;
    int m_index;
    Study m_study;
    std::chrono::steady_clock::time_point m_lastBatchEvent{};
};

void Worker::run()
{
    m_crew.data();
    while (m_crew.goOn(m_index)) {
        const std::int64_t left = m_crew.claimsLeft();
        const std::optional<Model> model = left > 0 ? claim(left) : std::nullopt;
        if (!model)
            break;
        m_crew.say(ModelStarted{m_index, model->id, model->space, model->sample.index});
        Outcome outcome;
        try {
            outcome = trained(*model);
            record(*model, outcome);
        } catch (...) {
            giveBack(*model);
            throw;
        }
        const auto error = outcome.state == ModelState::stopped ? std::nullopt : outcome.error;
        m_crew.say(ModelDone{m_index, model->id, outcome.state, error, outcome.reason});
        if (outcome.state == ModelState::finished)
            dropOptimiserState(m_study.checkpointPath(model->id));
    }
}

/// With a time budget not all may be trained, and those that are must not be chosen by their length.
std::optional<Model> Worker::claim(std::int64_t left)
{
    const std::optional<CostModel> costs = costModelOf(m_study);
    const int workers = m_crew.secondsLeft() ? 1 : m_crew.workers();
    const auto look = std::min<std::int64_t>(left, tailLength(workers) + 1);
    return m_study.claimNext(look, [&](const std::vector<Model>& head) -> std::optional<std::size_t> {
        const std::size_t place = turn(head, workers, costs ? &*costs : nullptr);
        return fits(head[place], costs) ? std::optional(place) : std::nullopt;
    });
}

bool Worker::fits(const Model& model, const std::optional<CostModel>& costs)
{
    const std::optional<double> left = m_crew.secondsLeft();
    if (!left || !costs)
        return true;
    const double needed = costs->seconds(workOf(model.sample)) / m_crew.share();
    if (needed > *left)
        m_crew.say(DoesNotFit{m_index, model.id, model.space, needed, *left});
    return needed <= *left;
}

/// After a problem that ends the worker.
void Worker::giveBack(const Model& model)
{
    try {
        m_study.release(model.id);
        m_crew.say(ModelDone{m_index, model.id, ModelState::waiting, {}, {}});
    } catch (const Error& problem) { // the next start finds it abandoned
        spdlog::warn("Model {} could not be given back. {}", static_cast<std::int64_t>(model.id), problem.what());
    }
}

/// Errors of the study and the disk go on to the caller; any other exception is this network's failure.
Outcome Worker::trained(const Model& model)
{
    const TrainingJob job{model.space,
                          model.sample,
                          recipeOf(model.sample, m_study.recipe()),
                          m_study.checkpointPath(model.id),
                          {m_crew.device(), m_crew.options().reference}};
    std::optional<double> atLeast; // set when the training is hopeless
    int lastEpoch = 0;
    const TrainingHooks hooks{
        .goOn = [&] { return !atLeast && m_crew.goOn(m_index); },
        .batchDone = [&](const BatchDone& batch) { say(model, batch); },
        .epochDone =
            [&](const Epoch& epoch) {
                m_study.recordEpoch(model.id, epoch);
                m_crew.say(EpochDone{m_index, model.id, epoch});
                atLeast = hopeless(epoch, job.recipe.epochs);
                lastEpoch = epoch.number;
            },
    };
    try {
        Outcome outcome = train(job, m_crew.data(), hooks);
        return atLeast ? stopped(job, outcome, *atLeast, lastEpoch) : outcome;
    } catch (const Error&) {
        throw;
    } catch (const std::bad_alloc&) {
        return failed(job, "there was not enough memory to train this network");
    } catch (const std::exception& problem) {
        return failed(job, firstLine(problem.what()));
    }
}

std::optional<double> Worker::hopeless(const Epoch& epoch, int epochs) const
{
    if (!m_crew.options().stopHopeless || epoch.number >= epochs)
        return std::nullopt;
    return hopelessBound(epoch.validationError, m_study.outcomesAfter(epoch.number));
}

void Worker::record(const Model& model, const Outcome& outcome)
{
    if (outcome.state == ModelState::waiting)
        m_study.release(model.id);
    else
        m_study.finish(model.id, outcome.state, outcome.error, outcome.reason, outcome.seconds,
                       outcome.imagesPerSecond);
}

void Worker::say(const Model& model, BatchDone batch)
{
    const auto now = std::chrono::steady_clock::now();
    if (batch.batch != 1 && batch.batch != batch.batches && now - m_lastBatchEvent < eventInterval)
        return;
    m_lastBatchEvent = now;
    batch.worker = m_index;
    batch.id = model.id;
    m_crew.say(batch);
}

} // namespace

Crew::Crew(EngineOptions options, std::string device, std::function<void(const Event&)> onEvent)
    : m_options(std::move(options)), m_device(std::move(device)), m_onEvent(std::move(onEvent)),
      m_data(std::async(std::launch::deferred, prepare, m_options.study).share()), m_share(m_options.share)
{
    setSecondsLeft(m_options.seconds);
}

void Crew::pause(bool paused)
{
    const std::lock_guard lock(m_mutex);
    m_paused = paused;
    m_changed.notify_all();
}

bool Crew::paused() const
{
    const std::lock_guard lock(m_mutex);
    return m_paused;
}

void Crew::stop()
{
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    m_changed.notify_all();
}

std::vector<int> Crew::setWorkers(int n)
{
    const std::lock_guard lock(m_mutex);
    m_workers = n;
    std::vector<int> missing;
    for (int worker = 0; worker < n; ++worker)
        if (m_present.insert(worker).second)
            missing.push_back(worker);
    m_changed.notify_all();
    return missing;
}

int Crew::workers() const
{
    const std::lock_guard lock(m_mutex);
    return m_workers;
}

void Crew::setShare(double share)
{
    const std::lock_guard lock(m_mutex);
    m_share = share;
    m_changed.notify_all();
}

double Crew::share() const
{
    const std::lock_guard lock(m_mutex);
    return m_share;
}

void Crew::setSecondsLeft(std::optional<double> seconds)
{
    const std::lock_guard lock(m_mutex);
    m_deadline.reset();
    if (seconds)
        m_deadline =
            Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(*seconds));
    m_changed.notify_all();
}

std::optional<double> Crew::secondsLeft() const
{
    const std::lock_guard lock(m_mutex);
    return m_deadline ? std::optional(std::chrono::duration<double>(*m_deadline - Clock::now()).count()) : std::nullopt;
}

bool Crew::wants(int worker) const
{
    return !m_stopped && worker < m_workers && !(m_deadline && Clock::now() >= *m_deadline);
}

/// As long as the share of the time that the worker may compute demands: a batch at half the time is followed by a
/// rest as long as the batch.
void Crew::rest(std::unique_lock<std::mutex>& lock, int worker)
{
    const auto began = m_busySince.find(worker);
    if (began == m_busySince.end() || m_share >= 1)
        return;
    const auto now = Clock::now();
    const auto end = now + std::chrono::duration_cast<Clock::duration>((now - began->second) * (1 / m_share - 1));
    m_changed.wait_until(lock, end, [&] { return !wants(worker) || m_paused || m_share >= 1; });
}

bool Crew::goOn(int worker)
{
    std::unique_lock lock(m_mutex);
    rest(lock, worker);
    const auto ready = [&] { return !m_paused || !wants(worker); };
    while (!ready())
        m_deadline ? void(m_changed.wait_until(lock, *m_deadline)) : m_changed.wait(lock);
    m_busySince[worker] = Clock::now();
    if (worker >= m_workers)
        m_surplus.insert(worker);
    return wants(worker);
}

std::int64_t Crew::claimsLeft()
{
    return m_options.models == 0 ? std::numeric_limits<std::int64_t>::max() : m_options.models - m_claims++;
}

bool Crew::leave(int worker, const std::string& problem)
{
    const std::lock_guard leaving(m_leaving);
    bool last = false;
    {
        const std::lock_guard lock(m_mutex);
        m_busySince.erase(worker);
        if (m_surplus.erase(worker) > 0 && problem.empty() && wants(worker))
            return false;
        m_present.erase(worker);
        last = m_present.empty();
    }
    m_onEvent(WorkerStopped{worker, problem, last});
    return true;
}

void work(Crew& crew, int worker)
{
    std::string problem;
    do {
        try {
            if (crew.device() == "cpu")
                computeOnOneThread();
            Worker(crew, worker).run();
        } catch (const std::exception& error) {
            problem = error.what();
        }
    } while (!crew.leave(worker, problem));
}

} // namespace spacewright
