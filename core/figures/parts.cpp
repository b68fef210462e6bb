// What the figures are made of.
#include "core/figures/parts.h"
#include <algorithm>
#include <cmath>
#include <cstdio>

namespace spacewright {
namespace {

std::string formatted(const char* format, double value)
{
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

/// From an error no model has, with no models below, to the highest there can be: the lower bound, which is the EDF
/// itself where no model was stopped early, or the upper one.
Series edfSteps(const Population& population, double EdfBounds::*bound, double shift = 0)
{
    Series series;
    const auto share = [&](double error) { return std::clamp(edfBounds(population, error).*bound + shift, 0.0, 1.0); };
    std::vector<double> corners = population.edf->errors;
    corners.insert(corners.end(), population.atLeast.begin(), population.atLeast.end());
    std::sort(corners.begin(), corners.end());
    corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
    series.points.push_back({0, share(0)});
    for (const double error : corners) {
        series.points.push_back({error, share(error)});
        series.points.push_back({error, share(std::nextafter(error, INFINITY))});
    }
    series.points.push_back({std::max(100.0, population.edf->max), share(INFINITY)});
    return series;
}

/// Between the bounds, `half` wider on both sides.
Series edfBand(const Population& population, double half)
{
    Series band = edfSteps(population, &EdfBounds::low, -half);
    band.kind = Series::Kind::band;
    band.upper = edfSteps(population, &EdfBounds::high, half).points;
    return band;
}

Series pointsOf(const std::vector<double>& values, const std::vector<double>& errors)
{
    Series series{.kind = Series::Kind::points};
    for (std::size_t i = 0; i < values.size(); ++i)
        series.points.push_back({values[i], errors[i]});
    return series;
}

} // namespace

std::vector<Shown> shown(const std::vector<Population>& populations)
{
    std::vector<Shown> result;
    for (const Population& population : populations) {
        Shown one{&population, static_cast<int>(result.size()), population.space.space.name};
        const auto namesakes = std::count_if(populations.begin(), populations.end(), [&](const Population& other) {
            return other.space.space.name == one.name;
        });
        if (namesakes > 1)
            one.name += " (" + population.study + ")";
        result.push_back(std::move(one));
    }
    std::erase_if(result, [](const Shown& one) { return one->space.setAside; });
    return result;
}

std::vector<Shown> withResults(const std::vector<Population>& populations)
{
    std::vector<Shown> all = shown(populations);
    std::erase_if(all, [](const Shown& one) { return !one->edf; });
    return all;
}

std::vector<Shown> withNetworks(const std::vector<Population>& populations)
{
    std::vector<Shown> all = withResults(populations);
    std::erase_if(all, [](const Shown& one) {
        return !std::all_of(one->counted.begin(), one->counted.end(),
                            [](const Model& model) { return networkIsKnown(model.sample); });
    });
    return all;
}

Axis errorAxis(std::vector<double> errors)
{
    Axis axis{quantityOf("error")};
    if (errors.empty())
        return axis;
    std::sort(errors.begin(), errors.end());
    axis.low = std::max(0.0, errors.front() - 0.5);
    axis.high = std::min(100.0, errors.back() + 0.5);
    const double median = errors[errors.size() / 2];
    const double most = median + 4 * (median - errors.front());
    if (errors.back() <= most + (most - errors.front()) / 4)
        return axis;
    const auto beyond = std::upper_bound(errors.begin(), errors.end(), most);
    axis.high = std::ceil(*std::prev(beyond) + 0.5);
    axis.above = static_cast<int>(errors.end() - beyond);
    return axis;
}

Axis axisOf(const std::string& parameter)
{
    Axis axis{quantityOf(parameter)};
    if (axis.quantity.isPowerOfTwo)
        axis.scale = Axis::Scale::log2;
    if (axis.quantity.isLogUniform)
        axis.scale = Axis::Scale::log10;
    return axis;
}

std::string edfLegend(const Shown& one)
{
    if (!one->edf)
        return one.name + ", no results yet";
    const std::string stopped =
        one->atLeast.empty() ? "" : " and " + std::to_string(one->atLeast.size()) + " stopped early";
    return "[" + formatted("%.1f", one->edf->min) + " | " + (stopped.empty() ? "" : ">= ") +
           formatted("%.1f", one->edf->mean) + "] " + one.name + ", n " + std::to_string(one->edf->n()) + stopped;
}

Panel edfPanel(const std::vector<Shown>& populations, const std::string& title, bool band,
               std::optional<SpaceId> selected)
{
    Panel panel{.title = title, .y = {quantityOf("edf")}};
    std::vector<double> errors;
    for (const Shown& one : populations) {
        if (one->edf)
            errors.insert(errors.end(), one->edf->errors.begin(), one->edf->errors.end());
        if (one->edf && (band || !one->atLeast.empty())) {
            const auto n = one->edf->n() + static_cast<int>(one->atLeast.size());
            panel.series.push_back(edfBand(*one.population, band ? dkwHalfWidth(n) : 0));
            panel.series.back().space = one.colour;
        }
    }
    for (const Shown& one : populations) {
        Series curve = one->edf ? edfSteps(*one.population, &EdfBounds::low) : Series{};
        curve.space = one.colour;
        curve.name = edfLegend(one);
        curve.strong = selected == one->space.id;
        panel.series.push_back(std::move(curve));
    }
    panel.x = errorAxis(std::move(errors));
    panel.y.low = 0;
    panel.y.high = 1;
    return panel;
}

Panel scatterPanel(const std::vector<Shown>& populations, const std::vector<Scatter>& scatters,
                   const std::string& parameter, std::optional<SpaceId> selected)
{
    Panel panel{.x = axisOf(parameter), .legendAbove = true};
    std::optional<Series> own;
    std::vector<double> errors;
    for (const Shown& one : populations) {
        const Scatter& scatter = scatters.at(static_cast<std::size_t>(one.colour));
        Series points = pointsOf(scatter.values, scatter.errors);
        points.models = scatter.ids;
        points.space = one.colour;
        errors.insert(errors.end(), scatter.errors.begin(), scatter.errors.end());
        if (one->space.id == selected) {
            points.name = one.name + ", n " + std::to_string(points.points.size());
            panel.best = scatter.band;
            own = std::move(points);
        } else if (!points.points.empty()) {
            points.ink = Series::Ink::others;
            panel.series.push_back(std::move(points));
        }
    }
    if (own)
        panel.series.push_back(std::move(*own));
    panel.y = errorAxis(std::move(errors));
    return panel;
}

Panel scatterPanel(const Shown& one, const std::string& parameter)
{
    const Scatter points = scatter(*one.population, parameter);
    Panel panel = againstError(one, axisOf(parameter), points.values, points.errors, points.band);
    panel.series.front().models = points.ids;
    return panel;
}

Panel againstError(const Shown& one, Axis x, const std::vector<double>& values, const std::vector<double>& errors,
                   const std::optional<BestBand>& best)
{
    Panel panel{.x = std::move(x), .y = errorAxis(errors), .best = best, .legendAbove = true};
    Series points = pointsOf(values, errors);
    points.space = one.colour;
    points.name = one.name + ", n " + std::to_string(values.size());
    panel.series.push_back(std::move(points));
    return panel;
}

Series blockSteps(const std::vector<int>& widths)
{
    Series series;
    double block = 0.5;
    for (const double width : widths) {
        series.points.push_back({block, width});
        series.points.push_back({++block, width});
    }
    return series;
}

Panel blockPanel(const std::string& title)
{
    return {.title = title, .x = {{.name = "block index j"}}, .y = {quantityOf("w"), Axis::Scale::log2}};
}

std::vector<const Model*> bestModels(const Population& population, std::size_t n)
{
    std::vector<const Model*> models;
    for (const Model& model : population.counted)
        models.push_back(&model);
    std::stable_sort(models.begin(), models.end(),
                     [](const Model* x, const Model* y) { return *x->error < *y->error; });
    models.resize(std::min(n, models.size()));
    return models;
}

std::string modelTitle(const Model& model)
{
    return "model " + std::to_string(static_cast<std::int64_t>(model.id)) + ", error " +
           formatted("%.1f", *model.error) + " %";
}

std::string shortText(double value)
{
    return formatted("%.3g", value);
}

} // namespace spacewright
