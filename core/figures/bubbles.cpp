// bubbles: flops against error, with the parameters as the bubbles' areas.
#include "core/figures/builders.h"
#include "core/figures/roles.h"
#include <algorithm>

namespace spacewright {

Figure bubblesFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    Panel panel{.x = axisOf("flops"), .legendAbove = true};
    std::vector<double> errors;
    double most = 0;
    for (const Shown& one : withNetworks(populations)) {
        Series series{.kind = Series::Kind::points, .space = one.colour, .name = one.name};
        for (const Model& model : one->counted) {
            const Complexity& complexity = model.sample.complexity;
            series.points.push_back({static_cast<double>(complexity.flops), *model.error});
            series.shares.push_back(static_cast<double>(complexity.params));
            series.models.push_back(model.id);
            errors.push_back(*model.error);
            most = std::max(most, series.shares.back());
        }
        panel.series.push_back(std::move(series));
    }
    if (panel.series.empty())
        needs("bubbles", "a space whose networks are known", "add such a space to a study");
    for (Series& series : panel.series)
        for (double& share : series.shares)
            share = most > 0 ? share / most : 0;
    panel.y = errorAxis(std::move(errors));
    return {.panels = {std::move(panel)},
            .caption = "The area of a bubble is the number of parameters; the largest is " + shortText(most) + "."};
}

} // namespace spacewright
