// Turns what a study holds into populations that can be looked at.
#include "core/statistics/population.h"
#include "core/counted.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace spacewright {
namespace {

bool counts(const Model& model, DivergedModels diverged)
{
    const bool isResult = model.state == ModelState::finished ||
                          (model.state == ModelState::diverged && diverged == DivergedModels::atChance);
    return isResult && model.error && std::isfinite(*model.error);
}

void summarise(Population& population, DivergedModels diverged)
{
    std::vector<double> errors;
    for (std::size_t i = 0; i < population.models.size(); ++i) {
        const ModelList::Pointer model = population.models.shared(i);
        population.counts.add(*model);
        population.counts.reused += isReused(population, *model);
        if (model->errorAtLeast)
            population.atLeast.push_back(*model->errorAtLeast);
        if (!counts(*model, diverged))
            continue;
        population.counted.push_back(model);
        errors.push_back(*model->error);
    }
    std::sort(population.atLeast.begin(), population.atLeast.end());
    if (!errors.empty())
        population.edf = edf(std::move(errors));
}

std::vector<SpaceId> ancestorsOf(const StudySpace& space, const std::vector<Population>& earlier)
{
    std::vector<SpaceId> ancestors;
    for (const Population& other : earlier)
        if (other.space.id == space.parent) {
            ancestors = {other.space.id};
            ancestors.insert(ancestors.end(), other.ancestors.begin(), other.ancestors.end());
        }
    return ancestors;
}

bool isBefore(const ModelList::Pointer& model, ModelId id)
{
    return model->id < id;
}

} // namespace

std::shared_ptr<const StudyView> view(const Study& study, DivergedModels diverged)
{
    return StudyFollower().view(study, diverged);
}

void join(std::vector<Population>& all, std::vector<Population> more)
{
    std::int64_t last = 0;
    for (const Population& population : all)
        last = std::max(last, static_cast<std::int64_t>(population.space.id));
    const auto after = [last](SpaceId id) { return SpaceId{static_cast<std::int64_t>(id) + last}; };
    for (Population& population : more) {
        population.space.id = after(population.space.id);
        if (population.space.parent)
            population.space.parent = after(*population.space.parent);
        for (SpaceId& ancestor : population.ancestors)
            ancestor = after(ancestor);
        all.push_back(std::move(population));
    }
}

void StudyFollower::readAll(const Study& study)
{
    m_models.clear();
    m_running.clear();
    m_finishOrder = 0;
    for (Model& model : study.models())
        put(std::move(model));
}

/// In the place of the one of the same id, or behind all others.
void StudyFollower::put(Model model)
{
    m_finishOrder = std::max(m_finishOrder, model.finishOrder);
    if (model.state == ModelState::running && !model.isLent)
        m_running.push_back(model.id);
    const ModelId id = model.id;
    auto shared = std::make_shared<const Model>(std::move(model));
    const auto place = std::lower_bound(m_models.begin(), m_models.end(), id, isBefore);
    if (place != m_models.end() && (*place)->id == id)
        *place = std::move(shared);
    else
        m_models.insert(place, std::move(shared));
}

/// In order of id.
static std::vector<ModelId> lentModels(const Study& study)
{
    std::vector<ModelId> all;
    for (const auto& [borrower, models] : study.lent())
        all.insert(all.end(), models.begin(), models.end());
    std::sort(all.begin(), all.end());
    return all;
}

/// Whether all states are known now. A model that was tried again, for example, is seen from the counts alone; of the
/// many thousands that a cluster may have only those are read that have a result.
bool StudyFollower::readNew(const Study& study)
{
    const std::vector<ModelId> ran = std::exchange(m_running, {});
    for (const ModelId id : ran)
        put(study.model(id)); // released ones wait again
    m_running.clear();
    for (Model& model : study.modelsSince(m_finishOrder))
        put(std::move(model));
    for (Model& model : study.modelsAfter(m_models.empty() ? ModelId{0} : m_models.back()->id))
        put(std::move(model));
    std::sort(m_running.begin(), m_running.end());
    m_running.erase(std::unique(m_running.begin(), m_running.end()), m_running.end());
    Counts known;
    std::vector<ModelId> lent;
    for (const ModelList::Pointer& model : m_models) {
        known.add(*model);
        if (model->isLent)
            lent.push_back(model->id);
    }
    return known == study.totals() && lent == lentModels(study);
}

std::shared_ptr<const StudyView> StudyFollower::view(const Study& study, DivergedModels diverged)
{
    auto result = std::make_shared<StudyView>();
    result->path = study.path();
    result->recipe = study.recipe();
    // Models first: another process may add a space in between, but a model's space is always there before it.
    std::map<SpaceId, std::vector<ModelId>> members = study.reused();
    if (m_models.empty() || !readNew(study))
        readAll(study);
    ModelList all;
    all.reserve(m_models.size());
    for (const ModelList::Pointer& model : m_models) {
        all.push_back(model);
        members[model->space].push_back(model->id);
    }
    result->open = openWork(study, all);
    for (StudySpace& space : study.spaces()) {
        Population population;
        population.study = study.path().stem().string();
        population.file = study.path();
        population.recipe = study.recipe();
        population.space = std::move(space);
        population.ancestors = ancestorsOf(population.space, result->populations);
        std::vector<ModelId>& ids = members[population.space.id];
        std::sort(ids.begin(), ids.end());
        population.models.reserve(ids.size());
        for (const ModelId id : ids)
            population.models.push_back(*std::lower_bound(m_models.begin(), m_models.end(), id, isBefore));
        summarise(population, diverged);
        result->populations.push_back(std::move(population));
    }
    return result;
}

EdfBounds edfBounds(const Population& population, double error)
{
    const auto below = [error](const std::vector<double>& sorted) {
        return static_cast<double>(std::lower_bound(sorted.begin(), sorted.end(), error) - sorted.begin());
    };
    const std::vector<double> none, &known = population.edf ? population.edf->errors : none;
    const double all = static_cast<double>(std::max<std::size_t>(1, known.size() + population.atLeast.size()));
    return {below(known) / all, (below(known) + below(population.atLeast)) / all};
}

std::string stoppedText(const Population& population)
{
    if (population.atLeast.empty())
        return {};
    return " Stopped early and left out: " + counted(std::ssize(population.atLeast), "model") + " of " +
           population.space.space.name + ", all of them bad, so that the space looks better here than it is.";
}

std::optional<double> valueOf(const Model& model, const std::string& name)
{
    const auto measured = [](double value) { return value > 0 ? std::optional(value) : std::nullopt; };
    if (name == "seconds")
        return measured(model.seconds);
    if (name == "images_per_second")
        return measured(model.imagesPerSecond);
    return parameterValue(model.sample, name);
}

Scatter scatter(const Population& population, const std::string& parameter)
{
    Scatter result;
    for (const Model& model : population.counted)
        if (const std::optional<double> value = valueOf(model, parameter)) {
            result.values.push_back(*value);
            result.errors.push_back(*model.error);
            result.ids.push_back(model.id);
        }
    if (result.values.size() >= leastForBand)
        result.band = exactBand(result.values, result.errors);
    return result;
}

} // namespace spacewright
