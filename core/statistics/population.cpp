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
        if (model.errorAtLeast)
            population.atLeast.push_back(*model.errorAtLeast);
        if (!counts(model, diverged))
            continue;
        population.counted.push_back(model);
        errors.push_back(*model.error);
    }
    std::sort(population.atLeast.begin(), population.atLeast.end());
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
    std::vector<Model> all = study.models();
    result->open = openWork(study, all);
    for (Model& model : all) {
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
    const auto n = population.atLeast.size();
    return " Stopped early and left out: " + std::to_string(n) + (n == 1 ? " model of " : " models of ") +
           population.space.space.name + ", all of them bad, so that the space looks better here than it is.";
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
