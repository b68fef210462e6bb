// Submit, cancel and resume.
#include "core/cluster/submission.h"
#include "core/cluster/claims.h"
#include "core/error.h"
#include "core/exchange/safetensors.h"
#include "core/network/state.h"
#include "core/whole_file.h"
#include <algorithm>
#include <chrono>
#include <thread>

namespace spacewright {
namespace {

namespace fs = std::filesystem;

/// Ids of the last `n` that wait (all for 0), in the queue's order.
std::vector<ModelId> toLend(const Study& study, std::int64_t n)
{
    std::vector<ModelId> waiting = study.waiting();
    if (n > 0 && n < std::ssize(waiting))
        waiting.erase(waiting.begin(), waiting.end() - n);
    return waiting;
}

StudyContent contentOf(const Study& study, const std::vector<ModelId>& ids)
{
    StudyContent content{.recipe = study.recipe(), .spaces = study.spaces(), .reused = {}, .models = {}, .tests = {}};
    std::error_code unknown;
    if (fs::exists(content.recipe.data, unknown)) // else the name of a data set that every machine finds itself
        content.recipe.data = fs::absolute(content.recipe.data).lexically_normal();
    for (const ModelId id : ids)
        content.models.push_back({study.model(id), {}});
    return content;
}

ScriptPlaces placesOf(const Bundle& bundle)
{
    return {.name = bundle.name(),
            .bundle = bundle.path(),
            .command = elementCommand(bundle),
            .tasks = bundle.plan().tasks,
            .cpus = bundle.plan().cpus};
}

/// Elements that were told to end save first; SLURM gives them half a minute.
void waitForEnd(const Bundle& bundle, const RunCommand& run)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(45);
    for (QueueState queue = queueState(run, bundle.name());
         queue.problem.empty() && !queue.isEmpty() && std::chrono::steady_clock::now() < deadline;
         queue = queueState(run, bundle.name()))
        std::this_thread::sleep_for(std::chrono::seconds(1));
}

/// What the study has begun of these models goes on in the bundle.
void sendBegun(const Study& study, const Bundle& bundle, const std::vector<ModelId>& models)
{
    for (const ModelId id : models) {
        const fs::path path = study.checkpointPath(id);
        if (std::error_code unknown; !fs::exists(path, unknown))
            continue;
        const Network network = study.model(id).sample.network;
        if (begunAt(path, network))
            keepBegun(bundle.begun(), id, toSafetensors(loadCheckpoint(path, layers(network))), study.epochs(id));
    }
}

/// What the bundle has begun and the study still waits for goes on in the study, where that is not as far itself; its
/// epochs.
std::map<ModelId, std::vector<Epoch>> fetchBegun(const Study& study, const Bundle& bundle,
                                                 const std::set<ModelId>& open)
{
    std::map<ModelId, std::vector<Epoch>> epochs;
    const std::vector<ShardState> shards = shardStates(bundle);
    for (int shard = 0; shard < bundle.shards(); ++shard) {
        const ShardState& state = shards[static_cast<std::size_t>(shard)];
        if (state.done || state.tokens.empty())
            continue;
        std::vector<TrainedModel> models = bundle.shard(shard).models;
        std::erase_if(models, [&](const TrainedModel& one) { return !open.contains(one.model.id); });
        for (const auto& [id, begun] : earlierWork(bundle, state.tokens, models).begun) {
            const Network network = study.model(id).sample.network;
            const std::optional<Begun> own = begunAt(study.checkpointPath(id), network);
            if (own && !begun.isBeyond(*own))
                continue;
            save(loadCheckpoint(begun.checkpoint, layers(network)), study.checkpointPath(id));
            epochs[id] = begun.epochs;
        }
    }
    return epochs;
}

/// Models of the bundle that wait in the study, after a cancel or because the study is an older copy: of unfinished
/// shards all, of the others those whose results can be collected.
void lendAgain(Study& study, const Bundle& bundle)
{
    const std::vector<ModelId> queue = study.waiting();
    const std::set<ModelId> waiting(queue.begin(), queue.end());
    const std::vector<ShardState> shards = shardStates(bundle);
    std::vector<ModelId> models;
    std::set<ModelId> trained;
    for (int shard = 0; shard < bundle.shards(); ++shard)
        for (const TrainedModel& one : bundle.shard(shard).models)
            if (const ModelId id = one.model.id; !shards[static_cast<std::size_t>(shard)].done)
                models.push_back(id);
            else if (waiting.contains(id))
                trained.insert(id);
    if (!trained.empty())
        readJournals(bundle, [&](const std::string&, const std::string& kind, const nlohmann::json& line) {
            if (kind != resultKind)
                return;
            if (const ModelId id = resultFrom(line).trained.model.id; trained.erase(id) > 0)
                models.push_back(id);
        });
    study.lend(models, bundle.borrower());
    sendBegun(study, bundle, openModels(study, bundle.borrower()));
}

} // namespace

fs::path freeBundleName(const fs::path& study)
{
    const fs::path first = fs::absolute(study).replace_extension(".bundle");
    fs::path path = first;
    for (int i = 2; fs::exists(path); ++i)
        path = first.string() + "-" + std::to_string(i);
    return path;
}

Bundle prepareBundle(Study& study, const ClusterRequest& request)
{
    const fs::path path =
        request.bundle.empty() ? freeBundleName(study.path()) : fs::absolute(request.bundle).lexically_normal();
    BundlePlan plan = request.plan;
    plan.study = fs::absolute(study.path());
    // What is wrong with it is said before anything is made.
    plan.gpus = asksForGpus(batchScript(request.scriptTemplate, request.slurm, {}));
    const std::string borrower = borrowerPrefix + path.string();
    std::vector<ModelId> lent, wanted;
    while (lent.empty() && !(wanted = toLend(study, request.models)).empty()) // another process may be faster
        lent = study.lend(wanted, borrower);
    if (lent.empty())
        throw Error("No model of " + study.path().string() + " waits, so that there is nothing to train on a cluster.");
    std::optional<Bundle> bundle;
    try {
        bundle = Bundle::create(path, plan, contentOf(study, lent));
        sendBegun(study, *bundle, lent);
        writeWhole(path / "job.sbatch", batchScript(request.scriptTemplate, request.slurm, placesOf(*bundle)));
        return *bundle;
    } catch (...) {
        if (std::error_code ignored; bundle)
            fs::remove_all(path, ignored);
        study.takeBack(lent, borrower); // not what a bundle that was there before has
        throw;
    }
}

std::string startJobs(const Bundle& bundle, const RunCommand& run, const std::string& host)
{
    const std::vector<ShardState> shards = shardStates(bundle);
    const auto left = std::count_if(shards.begin(), shards.end(), [](const ShardState& s) { return !s.done; });
    const int tasks = static_cast<int>(std::min<std::int64_t>(bundle.plan().tasks, left));
    if (tasks == 0)
        throw Error("All models of " + bundle.path().string() + " have been trained. Collect them.");
    const std::string job = submitScript(run, bundle.path() / "job.sbatch", tasks);
    bundle.add({job, host});
    return job;
}

std::string elementCommand(const Bundle& bundle)
{
    return shellWord(bundle.plan().program) + " cluster work " + shellWord(bundle.path());
}

std::int64_t cancelBundle(Study& study, const Bundle& bundle, const RunCommand& run)
{
    bundle.setCancelled(true); // elements that are not reached by scancel end by this
    std::string problem;
    for (const Bundle::Submission& submission : bundle.submissions())
        try {
            cancelJobs(run, submission.job, bundle.name());
        } catch (const Error& error) {
            problem = error.what();
        }
    if (!bundle.submissions().empty())
        waitForEnd(bundle, run);
    if (!problem.empty() &&
        !queueState(run, bundle.name()).isEmpty()) // else it was of an earlier job that is long gone
        throw Error(problem + " Nothing was taken back: the jobs may still run. Try again when SLURM answers.");
    Collection(study, bundle).collect();
    return takeBackOpen(study, bundle);
}

std::int64_t takeBackOpen(Study& study, const Bundle& bundle)
{
    const std::vector<ModelId> open = openModels(study, bundle.borrower());
    const auto epochs = fetchBegun(study, bundle, {open.begin(), open.end()}); // checkpoints before their epochs
    return study.takeBack(open, bundle.borrower(), epochs);
}

std::int64_t takeBackLost(Study& study, const fs::path& bundle)
{
    if (fs::exists(bundle))
        throw Error(bundle.string() + " is there: cancel it, so that its jobs end too.");
    const std::string borrower = borrowerPrefix + bundle.string();
    return study.takeBack(openModels(study, borrower), borrower);
}

std::string resumeBundle(Study& study, const Bundle& bundle, const RunCommand& run, const std::string& host)
{
    const QueueState queue = queueState(run, bundle.name());
    if (!queue.problem.empty())
        throw Error("It is not known whether jobs of " + bundle.path().string() + " still run (" + queue.problem +
                    "). Nothing was started; try again when SLURM answers.");
    if (!queue.isEmpty())
        throw Error(std::to_string(queue.pending + queue.running) + " elements of " + bundle.path().string() +
                    " are still in SLURM's queue. Nothing was started; cancel them first.");
    for (const std::string& token : openAttempts(bundle))
        writeWhole(bundle.path() / "attempts" / token / "gone", "");
    lendAgain(study, bundle);
    if (openModels(study, bundle.borrower()).empty())
        throw Error(study.path().string() + " waits for no model of " + bundle.path().string() +
                    ": they were trained, or given to another bundle. Nothing was started.");
    bundle.setCancelled(false);
    return startJobs(bundle, run, host);
}

} // namespace spacewright
