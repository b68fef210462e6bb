// recipe: which learning rate and weight decay are best (Radosavovic et al. 2020, appendix C).
#include "core/figures/builders.h"
#include "core/figures/roles.h"

namespace spacewright {

Figure recipeFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    Figure figure{.columns = 1};
    const std::vector<Shown> all = withResults(populations);
    for (const char* parameter : {"rate", "weight_decay"})
        for (auto one = all.rbegin(); one != all.rend(); ++one) {
            Panel panel = scatterPanel(*one, parameter);
            if (panel.series.back().points.empty())
                continue;
            figure.panels.push_back(std::move(panel));
            break;
        }
    if (figure.panels.empty())
        needs("recipe", "a space whose learning rate or weight decay is drawn with each model",
              "make a study with --draw rate=0.01:0.3 --draw weight_decay=1e-5:1e-3");
    return figure;
}

} // namespace spacewright
