// networks: good and bad networks of a space, best left, worst right (Radosavovic et al. 2020, figure 6).
#include "core/figures/builders.h"
#include "core/figures/roles.h"
#include <algorithm>

namespace spacewright {
namespace {

std::string listOf(const std::vector<Stage>& stages, int Stage::*value)
{
    std::string text;
    for (const Stage& stage : stages)
        text += (text.empty() ? "" : ", ") + std::to_string(stage.*value);
    return text;
}

Panel networkPanel(const Model& model, int colour)
{
    Panel panel = blockPanel(modelTitle(model));
    panel.series.push_back(blockSteps(widthPerBlock(model.sample.network)));
    const std::vector<Stage>& stages = model.sample.network.stages;
    panel.series.back().space = colour;
    panel.legendAbove = true; // of all alike
    panel.series.back().name = "d " + listOf(stages, &Stage::depth) + "; w " + listOf(stages, &Stage::width);
    return panel;
}

/// The same axes for all, so that the networks can be compared.
void alignAxes(std::vector<Panel>& panels)
{
    double deepest = 1, narrowest = 1e9, widest = 1;
    for (const Panel& panel : panels)
        for (const Point& point : panel.series[0].points) {
            deepest = std::max(deepest, point.x);
            narrowest = std::min(narrowest, point.y);
            widest = std::max(widest, point.y);
        }
    for (Panel& panel : panels) {
        panel.x.low = 0;
        panel.x.high = deepest;
        panel.y.low = narrowest / 1.25; // no line lies on the frame
        panel.y.high = widest * 1.25;
    }
}

} // namespace

Figure networksFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    constexpr std::size_t most = 3;
    const std::vector<Shown> all = withNetworks(populations);
    const auto isC = [](const Shown& one) { return anyNetLetter(one.space()) == 'C' && one->counted.size() >= 2; };
    auto chosen = std::find_if(all.begin(), all.end(), isC);
    if (chosen == all.end())
        chosen = std::max_element(all.begin(), all.end(),
                                  [](const Shown& x, const Shown& y) { return x->counted.size() < y->counted.size(); });
    const std::size_t n = chosen == all.end() ? 0 : (*chosen)->counted.size();
    if (n < 2)
        needs("networks", "a space, at least two", "raise a space's number of models");
    const std::vector<const Model*> ranked = bestModels(*chosen->population, n);
    Figure figure{.caption =
                      "Left the best, right the worst models of " + chosen->name + ", n " + std::to_string(n) + "."};
    for (std::size_t i = 0; i < std::min(most, n / 2); ++i)
        for (const Model* model : {ranked[i], ranked[n - 1 - i]})
            figure.panels.push_back(networkPanel(*model, chosen->colour));
    alignAxes(figure.panels);
    return figure;
}

} // namespace spacewright
