// regnet: RegNet against the AnyNets, its restrictions, and what random search finds (Radosavovic et al. 2020, figure
// 9).
#include "core/figures/builders.h"
#include "core/figures/roles.h"
#include "core/statistics/search.h"
#include <algorithm>

namespace spacewright {
namespace {

/// RegNetX, or with w_m fixed or w_0 = w_a.
bool isPlainOrFixed(const Space& space)
{
    const std::vector<Constraint> added = restrictions(space);
    return isRegNet(space) && std::all_of(added.begin(), added.end(), [](const Constraint& c) {
               return c.kind == Constraint::Kind::equal || (c.parameter == "w_m" && c.low == c.high);
           });
}

/// The best error to expect of k random models.
Panel searchPanel(const std::vector<Shown>& spaces)
{
    Panel panel{.title = "random search",
                .x = {{.name = "models tried"}, Axis::Scale::log10},
                .y = {{"expected best error", "%"}}};
    for (const Shown& one : spaces) {
        Series curve{.space = one.colour, .name = one.name};
        for (const SearchPoint& point : searchCurve(*one->edf))
            curve.points.push_back({static_cast<double>(point.models), point.error});
        panel.series.push_back(std::move(curve));
    }
    return panel;
}

} // namespace

Figure regNetFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    const std::vector<Shown> all = mostAlike(withResults(populations));
    const std::vector<Shown> against = those(all, [](const Space& space) {
        return (isRegNet(space) && restrictions(space).empty()) || anyNetLetter(space) != 0;
    });
    std::vector<Shown> variants = those(all, isPlainOrFixed);
    std::transform(variants.begin(), variants.end(), variants.begin(), withRestrictions);
    if (those(all, isRegNet).empty() || std::max(against.size(), variants.size()) < 2)
        needs("regnet", "RegNetX and of AnyNetX_A, C or E, or of RegNetX with w_m=2 or w_0=w_a",
              "add them to the study or name a second one");
    Figure figure{.columns = 1};
    if (against.size() > 1)
        figure.panels.push_back(edfPanel(against, "RegNet against AnyNets"));
    if (variants.size() > 1)
        figure.panels.push_back(edfPanel(variants, "RegNet restricted"));
    figure.panels.push_back(searchPanel(against.size() > 1 ? against : variants));
    return figure;
}

} // namespace spacewright
