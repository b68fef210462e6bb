// The worker's loop, and what the workers share.
#include "gpu/worker.h"
#include "core/error.h"
#include "gpu/device.h"
#include "gpu/trainer.h"
#include <spdlog/spdlog.h>
#include <chrono>

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

class Worker {
public:
    Worker(Crew& crew, int index)
        : m_crew(crew), m_index(index), m_study(crew.options().study, Study::Access::readWrite)
    {
    }
    void run();

private:
    Outcome trained(const Model&);
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
    while (m_crew.goOn() && m_crew.mayClaim()) {
        const std::optional<Model> model = m_study.claimNext();
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
        m_crew.say(ModelDone{m_index, model->id, outcome.state, outcome.error, outcome.reason});
        if (outcome.state == ModelState::finished)
            dropOptimiserState(m_study.checkpointPath(model->id));
    }
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
    const TrainingHooks hooks{
        .goOn = [this] { return m_crew.goOn(); },
        .batchDone = [&](const BatchDone& batch) { say(model, batch); },
        .epochDone =
            [&](const Epoch& epoch) {
                m_study.recordEpoch(model.id, epoch);
                m_crew.say(EpochDone{m_index, model.id, epoch});
            },
    };
    try {
        return train(job, m_crew.data(), hooks);
    } catch (const Error&) {
        throw;
    } catch (const std::bad_alloc&) {
        return failed(job, "there was not enough memory to train this network");
    } catch (const std::exception& problem) {
        return failed(job, firstLine(problem.what()));
    }
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

Crew::Crew(EngineOptions options, int workers, std::string device, std::function<void(const Event&)> onEvent)
    : m_options(std::move(options)), m_device(std::move(device)), m_onEvent(std::move(onEvent)),
      m_data(std::async(std::launch::deferred, prepare, m_options.study).share()), m_present(workers)
{
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

bool Crew::goOn()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_stopped || !m_paused; });
    return !m_stopped;
}

bool Crew::mayClaim()
{
    return m_claims++ < m_options.models || m_options.models == 0;
}

void Crew::leave(int worker, const std::string& problem)
{
    const std::lock_guard lock(m_leaving); // so that the event that says "last" is the last
    m_onEvent(WorkerStopped{worker, problem, --m_present == 0});
}

void work(Crew& crew, int worker)
{
    std::string problem;
    try {
        if (crew.device() == "cpu")
            computeOnOneThread();
        Worker(crew, worker).run();
    } catch (const std::exception& error) {
        problem = error.what();
    }
    crew.leave(worker, problem);
}

} // namespace spacewright
