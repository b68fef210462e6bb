// The worker's loop.
#include "gpu/worker.h"
#include "core/error.h"
#include "core/low_priority.h"
#include "core/schedule/stopping.h"
#include "core/schedule/turn.h"
#include "gpu/device.h"
#include "gpu/memory_full.h"
#include "gpu/trainer.h"
#include <spdlog/spdlog.h>
#include <cstdio>

namespace spacewright {

namespace {

constexpr auto eventInterval = std::chrono::milliseconds(50); // between batch events; an eye sees no more

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

/// What the worker's training takes of its device ends with this.
class Room {
public:
    Room(Crew& crew, int worker) : m_crew(crew), m_worker(worker) {}
    ~Room() { m_crew.leaveRoom(m_worker); }
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;

private:
    Crew& m_crew;
    int m_worker;
};

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
    bool takeRoom(const Sample&, int parts = 1);
    Outcome trained(const Model&);
    Outcome trainedWithinMemory(const Model&, TrainingJob, const TrainingHooks&);
    bool makeRoom(const Model&, TrainingJob&);
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
        const Room room(m_crew, m_index);
        const std::int64_t left = m_crew.claimsLeft();
        const std::optional<Model> model = left > 0 ? claim(left) : std::nullopt;
        if (!model)
            break;
        m_crew.say(ModelStarted{m_index, model->id, model->space, model->sample.index});
        Outcome outcome;
        try {
            outcome = trained(*model);
            record(*model, outcome);
        } catch (const LostClaim& lost) { // only this training is in vain
            m_crew.say(ModelDone{m_index, model->id, ModelState::waiting, {}, lost.what()});
            continue;
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

/// With a time budget not all may be trained, and those that are must not be chosen by their length. Nor by their
/// memory: the model whose turn it is waits for room on the device, and all behind it.
std::optional<Model> Worker::claim(std::int64_t left)
{
    bool full = false;
    do {
        const std::optional<CostModel> costs = costModelOf(m_study);
        const int workers = m_crew.secondsLeft() ? 1 : m_crew.workers();
        const auto look = std::min<std::int64_t>(left, tailLength(workers) + 1);
        full = false;
        std::optional<Model> model =
            m_study.claimNext(look, [&](const std::vector<Model>& head) -> std::optional<std::size_t> {
                const std::size_t place = turn(head, workers, costs ? &*costs : nullptr);
                if (!fits(head[place], costs))
                    return std::nullopt;
                full = !takeRoom(head[place].sample);
                return full ? std::nullopt : std::optional(place);
            });
        if (model)
            return model;
    } while (full && m_crew.waitForRoom(m_index));
    return std::nullopt;
}

bool Worker::takeRoom(const Sample& sample, int parts)
{
    const Recipe& recipe = m_study.recipe();
    const int images = (recipe.batch + parts - 1) / parts;
    return m_crew.takeRoom(m_index, memoryNeed(layers(sample.network), images, recipe.precision).total());
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
                          {m_crew.device(m_index), m_crew.options().reference},
                          m_crew.equipment().makeModule};
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
        Outcome outcome = trainedWithinMemory(model, job, hooks);
        return atLeast ? stopped(job, outcome, *atLeast, lastEpoch) : outcome;
    } catch (const Error&) {
        throw;
    } catch (const std::bad_alloc&) {
        return failed(job, "there was not enough memory to train this network");
    } catch (const std::exception& problem) {
        return failed(job, firstLine(problem.what()));
    }
}

/// From the checkpoint on again, as often as the device's memory is full and there is a way to need less of it.
Outcome Worker::trainedWithinMemory(const Model& model, TrainingJob job, const TrainingHooks& hooks)
{
    for (;;) {
        try {
            return train(job, m_crew.data(), hooks);
        } catch (const DeviceMemoryFull&) { // the module is gone with the trainer
            if (job.device.name == "cpu")
                throw;
        }
        if (!makeRoom(model, job))
            return {}; // stopped
    }
}

/// Where others train beside it the model waits until it fits; alone it is computed in more parts, and when there is
/// but an image in each, memory is too small for it. False when the worker is to stop.
bool Worker::makeRoom(const Model& model, TrainingJob& job)
{
    const bool shared = m_crew.leaveFullRoom(m_index);
    if (!shared) {
        if (job.device.reference || job.device.parts >= job.recipe.batch)
            throw DeviceMemoryFull();
        job.device.parts = std::min(2 * job.device.parts, job.recipe.batch);
    }
    m_crew.say(MemoryWasFull{m_index, model.id, job.device.name, shared ? 0 : job.device.parts});
    bool taken = !shared && takeRoom(model.sample, job.device.parts);
    while (!taken && m_crew.waitForRoom(m_index))
        taken = takeRoom(model.sample, job.device.parts);
    return taken;
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

void work(Crew& crew, int worker)
{
    if (crew.options().background)
        lowerPriority(10);
    std::string problem;
    do {
        try {
            const std::shared_ptr<void> onDevice = enterDevice(crew.device(worker));
            Worker(crew, worker).run();
        } catch (const std::exception& error) {
            problem = error.what();
        }
    } while (!crew.leave(worker, problem));
}

} // namespace spacewright
