// What the figures are made of: populations to be shown, and the panels that several figures share.
#pragma once
#include "core/figures/figure.h"
#include "core/statistics/population.h"

namespace spacewright {

/// A population as a figure shows it.
struct Shown {
    const Population* population = nullptr;
    int colour = 0;   ///< the space's place among all that were given
    std::string name; ///< in legends: the space, and the study where two share a space's name

    const Population* operator->() const { return population; }
    const Space& space() const { return population->space.space; }
};

/// All of them but what is set aside, in order; the populations must outlive what is returned.
std::vector<Shown> shown(const std::vector<Population>&);
/// Those that have results.
std::vector<Shown> withResults(const std::vector<Population>&);
/// Of these, those whose networks are all known: not what was imported as numbers only.
std::vector<Shown> withNetworks(const std::vector<Population>&);

/// The range of errors (percent) that a chart shows: all of them, or, where a few are so high that the others would be
/// squeezed together, up to the median plus four times its distance from the lowest.
Axis errorAxis(std::vector<double> errors);
Axis axisOf(const std::string& parameter);

/// "[15.3 | 20.0] AnyNetX_A, n 24": minimum and mean error, percent, and the number of models.
std::string edfLegend(const Shown&);
/// The EDFs; those without results are in the legend alone. `band`: each with its 95 % DKW band.
Panel edfPanel(const std::vector<Shown>&, const std::string& title = {}, bool band = false,
               std::optional<SpaceId> selected = {});

/// One space's models with the band of the best value, the other spaces' receding: first those, then its own, the
/// series of points. `scatters` are of all populations that were given to `shown`, in their order.
Panel scatterPanel(const std::vector<Shown>&, const std::vector<Scatter>& scatters, const std::string& parameter,
                   std::optional<SpaceId> selected);
/// The same of one space alone.
Panel scatterPanel(const Shown&, const std::string& parameter);
/// Points (any value, error) of one space and the band of the best value.
Panel againstError(const Shown&, Axis, const std::vector<double>& values, const std::vector<double>& errors,
                   const std::optional<BestBand>&);

/// The width of each block j = 1, 2, ... as steps around it.
Series blockSteps(const std::vector<int>& widths);
/// Block index against width on a logarithmic axis.
Panel blockPanel(const std::string& title);
/// The `n` counted models of the lowest errors, the lowest first.
std::vector<const Model*> bestModels(const Population&, std::size_t n);
/// "model 12, error 15.3 %".
std::string modelTitle(const Model&);

/// Three digits: "0.123", "1.23e+06".
std::string shortText(double);

} // namespace spacewright
