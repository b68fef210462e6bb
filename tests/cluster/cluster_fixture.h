// What the tests of bundles share: a study of small models, a bundle of them, and attempts that make up results.
#pragma once
#include "core/cluster/attempt.h"
#include "core/cluster/submission.h"
#include "core/exchange/safetensors.h"
#include "tests/core/study_fixture.h"

namespace spacewright {

class ClusterTest : public StudyTest {
protected:
    /// A bundle of `models` models for `tasks` elements.
    Bundle bundleOf(Study& study, int tasks, double leaseSeconds = 300)
    {
        ClusterRequest request;
        request.bundle = folder / "shared";
        request.plan.program = "/opt/spacewright-cli";
        request.plan.tasks = tasks;
        request.plan.leaseSeconds = leaseSeconds;
        return prepareBundle(study, request);
    }
    Attempt attempt(const Bundle& bundle, int element, int restart = 0, const std::string& job = "7") const
    {
        return {bundle, {job, element, restart}};
    }
    /// Of a training that has come so far.
    static Checkpoint checkpoint(int epoch, int batch = 0, const std::string& job = "ours")
    {
        const std::string progress = nlohmann::json{{"epoch", epoch}, {"batch", batch}}.dump();
        return {{{"job", job}, {"progress", progress}}, {}};
    }
    /// What an element finds that takes shards from these.
    static EarlierWork workBefore(const Bundle& bundle, const std::vector<std::string>& tokens)
    {
        std::vector<TrainedModel> models;
        for (int shard = 0; shard < bundle.shards(); ++shard)
            for (const TrainedModel& one : bundle.shard(shard).models)
                models.push_back(one);
        return earlierWork(bundle, tokens, models);
    }
    static std::vector<Epoch> epochs(int n)
    {
        std::vector<Epoch> list;
        for (int number = 1; number <= n; ++number)
            list.push_back({number, 0.1, 0.7, 30, 25, 2});
        return list;
    }
    static TrainedModel result(int id, double error)
    {
        TrainedModel trained;
        trained.model.id = ModelId{id};
        trained.model.state = ModelState::finished;
        trained.model.error = error;
        trained.model.seconds = 2;
        trained.epochs = {{1, 0.1, 0.7, 30, error, 2}};
        return trained;
    }
};

} // namespace spacewright
