// The worker's loop.
#include "gpu/worker.h"
#include "core/error.h"
#include "core/exchange/safetensors.h"
#include "core/low_priority.h"
#include "core/schedule/stopping.h"
#include "core/schedule/turn.h"
#include "gpu/device.h"
#include "gpu/memory_full.h"
#include "gpu/trainer.h"
#include "gpu/worker_study.h"
#include <cstdio>

namespace spacewright {

namespace {

constexpr int mostTriesAlone = 3; // of a network that this computer's memory is too small for
constexpr auto eventInterval = std::chrono::milliseconds(50); // between batch events; an eye sees no more

/// LibTorch appends a stack trace to its message.
std::string firstLine(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

Outcome failed(const std::string& reason)
{
    return {.state = ModelState::failed, .error = {}, .reason = reason};
}

Outcome stopped(Outcome outcome, double atLeast, int epoch, int epochs)
{
    char words[96];
    std::snprintf(words, sizeof words, "hopeless after epoch %d of %d: its error is at least %.1f %%", epoch, epochs,
                  atLeast);
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
    Worker(Crew& crew, int index) : m_crew(crew), m_index(index), m_study(crew, index) {}
    void run();

private:
    std::optional<Model> claim(std::int64_t left);
    std::optional<Model> claimFrom(Study&, std::int64_t left, bool& full);
    bool fits(const Model&, const std::optional<CostModel>&);
    bool takeRoom(const Sample&, int parts = 1);
    Outcome trained(const Model&);
    Outcome trainedWithinMemory(const Model&, TrainingJob, const TrainingHooks&);
    bool makeRoom(const Model&, TrainingJob&);
    bool waitForMemory(const Model&, int& triesAlone);
    bool takeRoomAgain(const Sample&, int parts, bool atOnce);
    std::optional<double> hopeless(const Epoch&, int epochs);
    void record(const Model&, const Outcome&);
    void say(const Model&, BatchDone);

    Crew& m_crew;
    int m_index;
    WorkerStudy m_study;
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
        m_study.setModel(model->id);
        m_crew.say(ModelStarted{m_index, model->id, model->space, model->sample.index});
        Outcome outcome;
        try {
            outcome = trained(*model);
            record(*model, outcome);
        } catch (const LostClaim& lost) { // only this training is in vain
            m_crew.say(ModelDone{m_index, model->id, ModelState::waiting, {}, lost.what()});
            m_study.setModel({});
            continue;
        } catch (...) {
            if (m_study.giveBack(model->id))
                m_crew.say(ModelDone{m_index, model->id, ModelState::waiting, {}, {}});
            throw;
        }
        const auto error = outcome.state == ModelState::stopped ? std::nullopt : outcome.error;
        m_crew.say(ModelDone{m_index, model->id, outcome.state, error, outcome.reason});
        m_study.setModel({});
        if (outcome.state == ModelState::finished)
            m_study.insist([&](Study& study) { dropOptimiserState(study.checkpointPath(model->id)); });
    }
}

/// With a time budget not all may be trained, and those that are must not be chosen by their length. Nor by their
/// memory: the model whose turn it is waits for room on the device, and all behind it.
std::optional<Model> Worker::claim(std::int64_t left)
{
    bool full = false;
    do {
        std::optional<Model> model;
        m_study.insist([&](Study& study) { model = claimFrom(study, left, full); });
        if (model)
            return model;
    } while (full && m_crew.waitForRoom(m_index));
    return std::nullopt;
}

/// `full`: there is one, but no room for it.
std::optional<Model> Worker::claimFrom(Study& study, std::int64_t left, bool& full)
{
    const std::optional<CostModel> costs = costModelOf(study);
    const int workers = m_crew.secondsLeft() ? 1 : m_crew.allWorkers();
    const auto look = std::min<std::int64_t>(left, tailLength(workers) + 1);
    full = false;
    return study.claimNext(look, [&](const std::vector<Model>& head) -> std::optional<std::size_t> {
        const std::size_t place = turn(head, workers, costs ? &*costs : nullptr);
        if (!fits(head[place], costs))
            return std::nullopt;
        full = !takeRoom(head[place].sample);
        return full ? std::nullopt : std::optional(place);
    });
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

/// Errors of the study and the disk go on to the caller; any other exception is this network's failure.
Outcome Worker::trained(const Model& model)
{
    std::filesystem::path checkpoint;
    m_study.insist([&](Study& study) { checkpoint = study.checkpointPath(model.id); });
    const TrainingJob job{model.space,
                          model.sample,
                          recipeOf(model.sample, m_study.recipe()),
                          checkpoint,
                          {m_crew.device(m_index), m_crew.options().reference},
                          m_crew.equipment().makeModule};
    std::optional<double> atLeast; // set when the training is hopeless
    int lastEpoch = 0;
    const TrainingHooks hooks{
        .goOn = [&] { return !atLeast && m_crew.goOn(m_index); },
        .batchDone = [&](const BatchDone& batch) { say(model, batch); },
        .epochDone =
            [&](const Epoch& epoch) {
                m_study.insist([&](Study& study) { study.recordEpoch(model.id, epoch); });
                m_crew.say(EpochDone{m_index, model.id, epoch});
                atLeast = hopeless(epoch, job.recipe.epochs);
                lastEpoch = epoch.number;
            },
        .keep = [&](const std::function<void()>& step) { m_study.insist([&](Study&) { step(); }); },
    };
    try {
        Outcome outcome;
        m_study.insist([&](Study&) { outcome = trainedWithinMemory(model, job, hooks); });
        return atLeast ? stopped(outcome, *atLeast, lastEpoch, job.recipe.epochs) : outcome;
    } catch (const Error&) {
        throw;
    } catch (const std::bad_alloc&) {
        return failed("there was not enough memory to train this network");
    } catch (const std::exception& problem) {
        return failed(firstLine(problem.what()));
    }
}

/// From the checkpoint on again, as often as memory is full and there is a way to need less of it.
Outcome Worker::trainedWithinMemory(const Model& model, TrainingJob job, const TrainingHooks& hooks)
{
    for (int triesAlone = 0;;) {
        bool ofDevice = false;
        try {
            return train(job, m_crew.data(), hooks);
        } catch (const std::bad_alloc& full) { // the module is gone with the trainer
            ofDevice = job.device.name != "cpu" && dynamic_cast<const DeviceMemoryFull*>(&full);
            giveBackFreedMemory();
            if (!ofDevice && triesAlone == mostTriesAlone)
                throw;
        }
        if (!(ofDevice ? makeRoom(model, job) : waitForMemory(model, triesAlone)))
            return {}; // stopped
    }
}

/// Of this computer, whose memory other programs take too: the model waits for another training here to end, or for a
/// while. False when the worker is to stop.
bool Worker::waitForMemory(const Model& model, int& triesAlone)
{
    const bool shared = m_crew.leaveFullRoom(m_index);
    m_crew.say(MemoryWasFull{m_index, model.id, "this computer", 0});
    triesAlone += shared ? 0 : 1;
    return (shared || m_crew.pauseBeforeRetry(m_index)) && takeRoomAgain(model.sample, 1, !shared);
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
    return takeRoomAgain(model.sample, job.device.parts, !shared);
}

/// At once, or when another training has left. False when the worker is to stop.
bool Worker::takeRoomAgain(const Sample& sample, int parts, bool atOnce)
{
    bool taken = atOnce && takeRoom(sample, parts);
    while (!taken && m_crew.waitForRoom(m_index))
        taken = takeRoom(sample, parts);
    return taken;
}

std::optional<double> Worker::hopeless(const Epoch& epoch, int epochs)
{
    if (!m_crew.options().stopHopeless || epoch.number >= epochs)
        return std::nullopt;
    std::vector<EpochOutcome> outcomes;
    m_study.insist([&](Study& study) { outcomes = study.outcomesAfter(epoch.number); });
    return hopelessBound(epoch.validationError, outcomes);
}

void Worker::record(const Model& model, const Outcome& outcome)
{
    m_study.insist([&](Study& study) {
        if (outcome.state == ModelState::waiting)
            return study.release(model.id);
        if (outcome.state == ModelState::stopped)
            dropCheckpoint(study.checkpointPath(model.id));
        study.finish(model.id, outcome.state, outcome.error, outcome.reason, outcome.seconds, outcome.imagesPerSecond);
    });
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
            problem = sentenceOf(error);
        }
    } while (!crew.leave(worker, problem));
}

} // namespace spacewright
