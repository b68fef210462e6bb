// What a study has still to train.
#include "core/schedule/open_work.h"
#include <algorithm>
#include <unordered_map>

namespace spacewright {

OpenWork openWork(const Study& study)
{
    return openWork(study, study.models());
}

OpenWork openWork(const Study& study, const ModelList& models)
{
    OpenWork work;
    work.costs = costModelOf(study);
    std::unordered_map<ModelId, const Model*> waiting;
    for (const Model& model : models)
        if (model.state == ModelState::running && !model.isLent)
            work.running.push_back({model.id, workOf(model.sample)});
        else if (model.state == ModelState::waiting)
            waiting.emplace(model.id, &model);
    for (const ModelId id : study.waiting())
        if (const auto found = waiting.find(id); found != waiting.end()) // else it was added since
            work.waiting.push_back({id, workOf(found->second->sample)});
    return work;
}

std::optional<TimeLeft> timeLeft(const OpenWork& work, int workers)
{
    if (work.waiting.empty() && work.running.empty())
        return TimeLeft{};
    if (!work.costs)
        return std::nullopt;
    std::vector<RunningTraining> running;
    for (const OpenTraining& one : work.running)
        running.push_back({one.work, std::nullopt});
    std::vector<TrainingWork> waiting;
    for (const OpenTraining& one : work.waiting)
        waiting.push_back(one.work);
    return timeLeft(*work.costs, running, waiting, std::max({1, workers, static_cast<int>(running.size())}));
}

std::vector<LongTraining> longTrainings(const OpenWork& work)
{
    if (work.waiting.empty() || !work.costs)
        return {};
    std::vector<LongTraining> all;
    for (const OpenTraining& one : work.waiting)
        all.push_back({one.id, work.costs->seconds(one.work)});
    std::sort(all.begin(), all.end(),
              [](const LongTraining& a, const LongTraining& b) { return a.seconds > b.seconds; });
    const double median = all[all.size() / 2].seconds;
    std::erase_if(all, [&](const LongTraining& one) { return one.seconds <= longerThan * median; });
    return all;
}

} // namespace spacewright
