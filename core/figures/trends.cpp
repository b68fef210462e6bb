// trends: best depth, b, w_m, g, w_0 and w_a over regimes of flops (Radosavovic et al. 2020, figure 11).
#include "core/figures/builders.h"
#include "core/figures/roles.h"
#include "core/statistics/trend.h"
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

using Models = std::vector<const Model*>;

/// Models of one study whose flops lie together, and the limits of the regimes among them.
struct Group {
    Models models;
    std::vector<double> edges;
};

double flopsOf(const Model* model)
{
    return static_cast<double>(model->sample.complexity.flops);
}

bool hasLessFlops(const Model* x, const Model* y)
{
    return x->sample.complexity.flops < y->sample.complexity.flops;
}

/// Limits of `bins` parts of about equal number; fewer where many models have the same flops.
std::vector<double> quantiles(const Models& sorted, std::size_t bins)
{
    std::vector<double> edges;
    for (std::size_t i = 0; i < bins; ++i)
        edges.push_back(flopsOf(sorted[sorted.size() * i / bins]));
    edges.push_back(std::nextafter(flopsOf(sorted.back()), HUGE_VAL)); // so that one value is a range too
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return edges;
}

/// A study's spaces are put together where their ranges of flops touch: what is apart are regimes.
std::vector<Group> groups(const std::vector<Shown>& spaces)
{
    std::map<std::string, std::vector<Models>> studies;
    for (const Shown& one : spaces) {
        Models models = bestModels(*one.population, one->counted.size());
        std::sort(models.begin(), models.end(), hasLessFlops);
        studies[one->study].push_back(std::move(models));
    }
    std::vector<Group> result;
    for (auto& [name, ranges] : studies) {
        std::sort(ranges.begin(), ranges.end(),
                  [](const Models& x, const Models& y) { return hasLessFlops(x.front(), y.front()); });
        const std::size_t first = result.size();
        for (const Models& range : ranges) {
            if (result.size() == first || hasLessFlops(result.back().models.back(), range.front()))
                result.emplace_back();
            Models& models = result.back().models;
            models.insert(models.end(), range.begin(), range.end());
            std::sort(models.begin(), models.end(), hasLessFlops);
        }
    }
    constexpr std::size_t perBin = 12, mostBins = 6;
    for (Group& group : result) {
        const std::size_t bins = std::clamp(group.models.size() / perBin, std::size_t{1}, mostBins);
        group.edges = quantiles(group.models, result.size() == 1 ? bins : 1);
    }
    return result;
}

/// Regimes with a band, in order of flops.
std::vector<RegimeBest> regimes(const std::vector<Group>& groups, const std::string& parameter)
{
    std::vector<RegimeBest> result;
    for (const Group& group : groups) {
        std::vector<double> flops, values, errors;
        for (const Model* model : group.models)
            if (const std::optional<double> value = parameterValue(model->sample, parameter)) {
                flops.push_back(flopsOf(model));
                values.push_back(*value);
                errors.push_back(*model->error);
            }
        for (const RegimeBest& regime : bestOverRegimes(flops, values, errors, group.edges))
            if (regime.band)
                result.push_back(regime);
    }
    std::sort(result.begin(), result.end(),
              [](const RegimeBest& x, const RegimeBest& y) { return x.typical < y.typical; });
    return result;
}

Panel trendPanel(const std::string& parameter, const std::vector<RegimeBest>& regimes)
{
    Panel panel{.x = axisOf("flops"), .y = axisOf(parameter), .legendAbove = true};
    if (regimes.back().high > 4 * regimes.front().low)
        panel.x.scale = Axis::Scale::log10;
    Series band{.kind = Series::Kind::band, .ink = Series::Ink::band}, line{.ink = Series::Ink::best};
    const auto add = [&](double x, const BestBand& best) {
        band.points.push_back({x, best.low});
        band.upper.push_back({x, best.high});
        line.points.push_back({x, best.best});
    };
    for (const RegimeBest& regime : regimes)
        add(regime.typical, *regime.band);
    if (regimes.size() == 1) { // a single one still shows: over its range
        band.points.clear();
        band.upper.clear();
        line.points.clear();
        for (const double x : {regimes[0].low, regimes[0].high})
            add(x, *regimes[0].band);
    }
    Series marks = line;
    marks.kind = Series::Kind::points;
    line.name = "best";
    band.name = "95 %";
    panel.series = {std::move(band), std::move(line), std::move(marks)};
    return panel;
}

} // namespace

Figure trendsFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    const std::vector<Shown> all = withNetworks(populations);
    std::vector<Shown> spaces = those(all, isRegNet);
    if (spaces.empty())
        spaces = those(all, isAnyNet);
    const std::vector<Group> grouped = groups(spaces);
    Figure figure;
    for (const char* parameter : {"d", "b", "w_m", "g", "w_0", "w_a"}) {
        const std::vector<RegimeBest> found = regimes(grouped, parameter);
        if (!found.empty())
            figure.panels.push_back(trendPanel(parameter, found));
    }
    if (figure.panels.empty())
        needs("trends", "a RegNet or AnyNet space, at least 4 in one range of flops",
              "raise a space's number of models");
    figure.caption = "Models of";
    for (const Shown& one : spaces)
        figure.caption += (&one == &spaces.front() ? " " : ", ") + one.name;
    if (grouped.size() > 1)
        figure.caption += "; each range of flops is a regime";
    else if (grouped[0].edges.size() > 2)
        figure.caption += "; regimes hold about equally many models";
    figure.caption += ".";
    return figure;
}

} // namespace spacewright
