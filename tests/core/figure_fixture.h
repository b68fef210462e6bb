// Populations made by hand, so that a figure's numbers are known.
#pragma once
#include "core/figures/figures.h"
#include <cmath>

namespace spacewright {

/// A model of these depths and widths with this error; flops 1e6, params 1e4, activations 1e4.
inline Model modelOf(const std::vector<int>& depths, const std::vector<int>& widths, double error)
{
    Model model;
    for (std::size_t i = 0; i < depths.size(); ++i)
        model.sample.network.stages.push_back({.depth = depths[i], .width = widths[i]});
    model.sample.complexity = {1000000, 10000, 10000};
    model.sample.drawnGroupWidths.assign(depths.size(), 8);
    model.state = ModelState::finished;
    model.error = error;
    model.imagesPerSecond = 1000;
    return model;
}

inline std::vector<Model> modelsOf(const std::vector<double>& errors)
{
    std::vector<Model> models;
    for (const double error : errors)
        models.push_back(modelOf({1, 2}, {16, 32}, error));
    return models;
}

inline Population populationOf(const Space& space, std::vector<Model> models)
{
    static std::int64_t lastSpace = 0;
    Population population;
    population.study = "a";
    population.space.id = SpaceId{++lastSpace};
    population.space.space = space;
    std::vector<double> errors;
    for (Model& model : models) {
        model.id = ModelId{static_cast<std::int64_t>(errors.size()) + 1};
        errors.push_back(*model.error);
    }
    if (!errors.empty())
        population.edf = edf(errors);
    population.counted = models;
    population.models = std::move(models);
    return population;
}

inline Population populationOf(const std::string& space, std::vector<Model> models)
{
    return populationOf(namedSpace(space), std::move(models));
}

/// Models that are all alike but for these errors.
inline Population trained(const std::string& space, const std::vector<double>& errors)
{
    return populationOf(space, modelsOf(errors));
}

/// A narrower or other space under a name that says nothing.
inline Space unnamed(const std::string& space, const std::vector<std::string>& constraints = {})
{
    Space result = namedSpace(space);
    for (const std::string& constraint : constraints)
        result = constrained(result, constraintFrom(constraint));
    result.name = "mine";
    for (const std::string& constraint : constraints)
        result.name += " " + constraint;
    return result;
}

/// The names of a panel's legend.
inline std::vector<std::string> namesOf(const Panel& panel)
{
    std::vector<std::string> names;
    for (const Series& series : panel.series)
        if (!series.name.empty())
            names.push_back(series.name);
    return names;
}

} // namespace spacewright
