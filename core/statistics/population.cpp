// Turns what a study holds into populations that can be looked at.
#include "core/statistics/population.h"
#include <algorithm>
#include <cmath>

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
    for (const Model& model : population.models) {
        ++population.counts.of(model.state, model.setAside);
        population.counts.reused += isReused(population, model);
        if (!counts(model, diverged))
            continue;
        population.counted.push_back(model);
        errors.push_back(*model.error);
    }
    if (!errors.empty())
        population.edf = edf(std::move(errors));
}

} // namespace

std::shared_ptr<const StudyView> view(const Study& study, DivergedModels diverged)
{
    auto result = std::make_shared<StudyView>();
    result->path = study.path();
    result->recipe = study.recipe();
    // Models first: another process may add a space in between, but a model's space is always there before it.
    std::map<ModelId, Model> models;
    std::map<SpaceId, std::vector<ModelId>> members = study.reused();
    for (Model& model : study.models()) {
        members[model.space].push_back(model.id);
        models.emplace(model.id, std::move(model));
    }
    for (StudySpace& space : study.spaces()) {
        Population population;
        population.study = study.path().stem().string();
        population.recipe = study.recipe();
        population.space = std::move(space);
        for (const Population& earlier : result->populations)
            if (earlier.space.id == population.space.parent) {
                population.ancestors = {earlier.space.id};
                population.ancestors.insert(population.ancestors.end(), earlier.ancestors.begin(),
                                            earlier.ancestors.end());
            }
        std::vector<ModelId>& ids = members[population.space.id];
        std::sort(ids.begin(), ids.end());
        for (const ModelId id : ids)
            population.models.push_back(models.at(id));
        summarise(population, diverged);
        result->populations.push_back(std::move(population));
    }
    return result;
}

Scatter scatter(const Population& population, const std::string& parameter)
{
    Scatter result;
    for (const Model& model : population.counted)
        if (const std::optional<double> value = parameterValue(model.sample, parameter)) {
            result.values.push_back(*value);
            result.errors.push_back(*model.error);
            result.ids.push_back(model.id);
        }
    if (result.values.size() >= leastForBand)
        result.band = exactBand(result.values, result.errors);
    return result;
}

} // namespace spacewright
