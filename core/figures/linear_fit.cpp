// linear-fit: are good networks quantised linear functions? (Radosavovic et al. 2020, figures 8 and 9)
#include "core/figures/builders.h"
#include "core/figures/roles.h"
#include "core/statistics/linear_fit.h"
#include "core/statistics/trend.h"
#include <algorithm>

namespace spacewright {
namespace {

/// Widths per block of a space's best models, and the line through them all by least squares.
Panel bestWidths(const Shown& one)
{
    const std::size_t n = one->counted.size();
    const std::vector<const Model*> best = bestModels(*one.population, std::min<std::size_t>(20, (n + 3) / 4));
    Panel panel = blockPanel("best models");
    std::vector<double> blocks, widths;
    for (const Model* model : best) {
        const std::vector<int> perBlock = widthPerBlock(model->sample.network);
        Series steps = blockSteps(perBlock);
        steps.ink = Series::Ink::others;
        if (panel.series.empty())
            steps.name = std::to_string(best.size()) + " best of " + one.name + ", n " + std::to_string(n);
        panel.series.push_back(std::move(steps));
        for (std::size_t j = 0; j < perBlock.size(); ++j) {
            blocks.push_back(static_cast<double>(j + 1));
            widths.push_back(perBlock[j]);
        }
    }
    const double deepest = *std::max_element(blocks.begin(), blocks.end());
    if (deepest == 1)
        return panel;
    const LineFit fit = lineFit(blocks, widths);
    Series line{.ink = Series::Ink::best,
                .name = "w = " + shortText(fit.offset) + (fit.slope < 0 ? " - " : " + ") +
                        shortText(std::abs(fit.slope)) + " j, r2 " + shortText(fit.r2)};
    for (double j = 1; j <= deepest; j += 0.5)
        if (fit.at(j) >= *std::min_element(widths.begin(), widths.end())) // a logarithmic axis ends somewhere
            line.points.push_back({j, fit.at(j)});
    panel.series.push_back(std::move(line));
    return panel;
}

/// A model's widths and the RegNet that comes closest.
Panel quantisedFit(const Model& model, int colour)
{
    Panel panel = blockPanel(modelTitle(model));
    const std::vector<int> perBlock = widthPerBlock(model.sample.network);
    const LinearFit fit = linearFit(perBlock);
    panel.series = {blockSteps(fit.perBlock), blockSteps(perBlock)}; // the dashed above the solid
    panel.series[1].space = colour;
    panel.series[1].name = "widths";
    panel.series[0].ink = Series::Ink::best;
    panel.series[0].name = "fit: w_0 " + std::to_string(fit.parameters.initialWidth) + ", w_a " +
                           shortText(fit.parameters.slope) + ", w_m " + shortText(fit.parameters.multiplier) +
                           ", e_fit " + shortText(fit.error);
    return panel;
}

Panel fitErrors(const Shown& one)
{
    std::vector<double> fits, errors;
    for (const Model& model : one->counted) {
        fits.push_back(linearFit(widthPerBlock(model.sample.network)).error);
        errors.push_back(*model.error);
    }
    std::optional<BestBand> best;
    if (fits.size() >= leastForBand)
        best = exactBand(fits, errors);
    return againstError(one, {{.name = "fit error e_fit"}}, fits, errors, best);
}

} // namespace

Figure linearFitFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    std::vector<Shown> spaces =
        those(withNetworks(populations), [](const Space& space) { return anyNetLetter(space) >= 'C'; });
    if (spaces.empty())
        spaces = those(withNetworks(populations), isAnyNet);
    if (spaces.empty())
        needs("linear-fit", "an AnyNet space, best of AnyNetX_C, D and E (a RegNet is its own fit)",
              "add such a space to a study");
    // The paper looks at D, the first whose widths increase.
    const auto isD = [](const Shown& one) { return anyNetLetter(one.space()) == 'D'; };
    const auto d = std::find_if(spaces.begin(), spaces.end(), isD);
    const Shown& chosen = d == spaces.end() ? spaces.back() : *d;
    Figure figure;
    figure.panels.push_back(bestWidths(chosen));
    for (const Model* model : bestModels(*chosen.population, 2))
        figure.panels.push_back(quantisedFit(*model, chosen.colour));
    for (const Shown& one : spaces)
        figure.panels.push_back(fitErrors(one));
    return figure;
}

} // namespace spacewright
