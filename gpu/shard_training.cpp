// The engine trains; this thread carries over.
#include "gpu/shard_training.h"
#include "core/error.h"
#include <fstream>
#include <iterator>
#include <thread>
#include <utility>

namespace spacewright {
namespace {

constexpr auto tick = std::chrono::milliseconds(100);
constexpr auto retryAfter = std::chrono::seconds(5); ///< where the shared file system took nothing

std::string bytesOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

Study privateStudy(const std::filesystem::path& folder, int shard, const StudyContent& content,
                   const std::map<ModelId, Begun>& begun)
{
    Study study = Study::create(folder / ("shard-" + std::to_string(shard) + ".study"), content);
    for (const auto& [id, one] : begun) {
        std::filesystem::create_directories(study.checkpointPath(id).parent_path());
        std::filesystem::copy_file(one.checkpoint, study.checkpointPath(id));
    }
    return study;
}

} // namespace

ShardTraining::ShardTraining(const ElementOptions& options, const Bundle& bundle, Attempt& attempt, int shard,
                             const StudyContent& content, const std::map<ModelId, Begun>& begun)
    : m_options(options), m_bundle(bundle), m_attempt(attempt), m_shard(shard), m_models(content.models.size()),
      m_study(privateStudy(options.scratch, shard, content, begun))
{
}

/// A worker's model is carried over when the worker is past it: it works on the model's file after it has said that the
/// model is done.
void ShardTraining::take(const Event& event)
{
    const std::lock_guard lock(m_mutex);
    if (const auto* started = std::get_if<ModelStarted>(&event)) {
        ready(started->worker);
    } else if (const auto* done = std::get_if<ModelDone>(&event)) {
        if (done->state != ModelState::waiting)
            m_ended[done->worker] = done->id;
    } else if (const auto* stopped = std::get_if<WorkerStopped>(&event)) {
        ready(stopped->worker);
        if (m_problem.empty())
            m_problem = stopped->problem;
        m_over = m_over || stopped->last;
    }
}

void ShardTraining::ready(int worker)
{
    if (const auto it = m_ended.find(worker); it != m_ended.end()) {
        m_ready.push_back(it->second);
        m_ended.erase(it);
    }
}

bool ShardTraining::run(Training& training)
{
    const BundlePlan& plan = m_bundle.plan();
    const EngineOptions options{.study = m_study.path(),
                                .workers = plan.gpus ? 0 : std::min(plan.cpus, static_cast<int>(m_models)),
                                .device = plan.gpus ? "cuda" : "cpu"};
    std::unique_ptr<Engine> engine;
    try {
        engine = training.start(options, [this](const Event& event) { take(event); });
    } catch (const Error& error) { // such as a GPU that is not there: trying again would only keep the node
        m_problem = error.what();
        return false;
    }
    bool stopping = false, over = false;
    do {
        std::this_thread::sleep_for(tick);
        if (!stopping && wantsToStop()) {
            stopping = true;
            engine->requestStop();
        }
        {
            const std::lock_guard lock(m_mutex);
            over = m_over;
        }
        keepUp();
    } while (!over || (!m_unwritten.empty() && !stopping && !wantsToStop()));
    m_nextTry = m_nextBeat = {}; // the last chance
    keepUp();
    const Counts left = m_study.totals();
    return left.waiting + left.running == 0 && m_written == m_models;
}

bool ShardTraining::wantsToStop()
{
    return m_options.stop() || m_bundle.isCancelled();
}

void ShardTraining::keepUp()
{
    {
        const std::lock_guard lock(m_mutex);
        std::move(m_ready.begin(), m_ready.end(), std::back_inserter(m_unwritten));
        m_ready.clear();
    }
    while (!m_unwritten.empty() && Clock::now() >= m_nextTry)
        tryToWrite([&] { recordNext(); });
    if (Clock::now() < m_nextBeat)
        return;
    m_nextBeat = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                    std::chrono::duration<double>(m_bundle.plan().leaseSeconds / 5));
    tryToWrite([&] {
        m_attempt.beat();
        keepCheckpoints();
    });
}

void ShardTraining::recordNext()
{
    const ModelId id = m_unwritten.front();
    const std::filesystem::path weights = m_study.checkpointPath(id);
    const bool hasWeights = std::filesystem::exists(weights);
    m_attempt.record(m_shard, {m_study.model(id), m_study.epochs(id)},
                     hasWeights ? std::optional(bytesOf(weights)) : std::nullopt);
    m_unwritten.pop_front();
    m_kept.erase(id);
    ++m_written;
}

/// Those of unfinished models that have changed.
void ShardTraining::keepCheckpoints()
{
    const std::filesystem::path folder = m_study.checkpointPath(ModelId{}).parent_path();
    if (!std::filesystem::exists(folder))
        return;
    for (const Model& model : m_study.models()) {
        const std::filesystem::path path = m_study.checkpointPath(model.id);
        std::error_code missing;
        const auto time = std::filesystem::last_write_time(path, missing);
        if (model.finishOrder > 0 || missing || (m_kept.contains(model.id) && m_kept[model.id] == time))
            continue;
        const std::string bytes = bytesOf(path); // before the epochs, which may then be more than it counts
        m_attempt.keepCheckpoint(model.id, bytes, m_study.epochs(model.id));
        m_kept[model.id] = time;
    }
}

/// A full or missing file system is waited for: what was trained stays on this machine meanwhile.
void ShardTraining::tryToWrite(const std::function<void()>& write)
{
    try {
        write();
        m_complained = false;
    } catch (const std::exception& error) {
        m_nextTry = Clock::now() + retryAfter;
        if (!std::exchange(m_complained, true))
            m_options.say(std::string(error.what()) + " It will be tried again.");
    }
}

} // namespace spacewright
