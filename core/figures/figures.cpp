// The paper's figures.
#include "core/figures/figures.h"
#include "core/error.h"
#include "core/figures/builders.h"
#include "core/figures/parts.h"
#include <algorithm>

namespace spacewright {
namespace {

Figure edfFigure(const std::vector<Population>& populations, const FigureOptions& options)
{
    return {.panels = {edfPanel(shown(populations), {}, options.band)}};
}

Figure scatterFigure(const std::vector<Population>& populations, const FigureOptions& options)
{
    std::vector<Scatter> scatters;
    for (const Population& population : populations)
        scatters.push_back(scatter(population, options.parameter));
    const std::vector<Shown> trained = withResults(populations);
    return {.panels = {scatterPanel(shown(populations), scatters, options.parameter,
                                    options.selected.value_or(trained.back()->space.id))}};
}

} // namespace

const std::vector<FigureKind>& figureKinds()
{
    static const std::vector<FigureKind> kinds{
        {"edf", "error EDFs of all spaces", edfFigure},
        {"scatter", "one parameter against error, with the band of its best value", scatterFigure},
        {"shared", "AnyNetX_A against a shared bottleneck ratio (B) and group width (C); best b and g", sharedFigure},
        {"networks", "good and bad networks: the width of each block", networksFigure},
        {"ordered", "widths and depths that increase, stay or decrease", orderedFigure},
        {"linear-fit", "widths of the best models with the line; quantised fits; e_fit against error", linearFitFigure},
        {"regnet", "RegNetX against AnyNets; w_m=2 and w_0=w_a; random search", regNetFigure},
        {"generalization", "the order of the same spaces in several regimes, with Kendall's tau", generalizationFigure},
        {"trends", "best d, b, w_m, g, w_0 and w_a over flops, with bands", trendsFigure},
        {"complexity", "training time against flops, params and activations; how the best models grow",
         complexityFigure},
        {"refined", "RegNets restricted further", refinedFigure},
        {"alternatives", "inverted bottleneck, depthwise, SE, activation, resolution", alternativesFigure},
        {"recipe", "learning rate and weight decay against error, with bands", recipeFigure},
        {"difference", "the EDF of each space less that of its parent, with the 95 % band", edfDifferenceFigure},
        {"bubbles", "flops against error, the parameters as the bubbles' areas", bubblesFigure},
        {"learning", "validation error after each epoch, of the best models of each space", learningFigure},
    };
    return kinds;
}

std::vector<std::string> figureNames()
{
    std::vector<std::string> names;
    for (const FigureKind& kind : figureKinds())
        names.emplace_back(kind.name);
    return names;
}

Figure makeFigure(const std::string& name, const std::vector<Population>& populations, const FigureOptions& options)
{
    const auto kind =
        std::find_if(figureKinds().begin(), figureKinds().end(), [&](const FigureKind& k) { return name == k.name; });
    if (kind == figureKinds().end()) {
        std::string all;
        for (const std::string& known : figureNames())
            all += (all.empty() ? "" : ", ") + known;
        throw Error("There is no figure \"" + name + "\". The figures are: " + all + ".");
    }
    if (withResults(populations).empty())
        throw Error("There is nothing to draw yet: no model has a result. Train some models first.");
    Figure figure = kind->make(populations, options);
    figure.name = name;
    return figure;
}

} // namespace spacewright
