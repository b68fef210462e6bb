// ordered: widths and depths that increase, stay or decrease (Radosavovic et al. 2020, figure 7).
#include "core/figures/builders.h"
#include "core/figures/roles.h"
#include <algorithm>

namespace spacewright {
namespace {

/// C and those that order its widths; or D and those that order its depths.
std::vector<Shown> variants(const std::vector<Shown>& all, const std::string& parameter)
{
    const auto isRange = [](const Constraint& c) { return c.kind == Constraint::Kind::range; };
    std::vector<Shown> result = mostAlike(those(all, [&](const Space& space) {
        const std::vector<Constraint> added = restrictions(space);
        const bool isShared = has(space, Constraint::Kind::shared, "b") && has(space, Constraint::Kind::shared, "g");
        return isAnyNet(space) && isShared && std::none_of(added.begin(), added.end(), isRange) &&
               (parameter == "w" ? !orderOf(space, "d") : orderOf(space, "w") == Constraint::Kind::increasing);
    }));
    for (Shown& one : result) {
        const auto order = orderOf(one.space(), parameter);
        if (order)
            one.name += ": " + toText(Constraint{.kind = *order, .parameter = parameter});
    }
    return result;
}

} // namespace

Figure orderedFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    const std::vector<Shown> all = withResults(populations);
    Figure figure{.columns = 1};
    const std::vector<Shown> widths = variants(all, "w");
    if (widths.size() >= 2)
        figure.panels.push_back(edfPanel(widths, "widths from stage to stage"));
    const std::vector<Shown> depths = variants(all, "d");
    if (depths.size() >= 2)
        figure.panels.push_back(edfPanel(depths, "depths from stage to stage, increasing widths"));
    if (figure.panels.empty())
        needs("ordered", "at least two of AnyNetX_C with increasing, constant or decreasing widths or depths",
              "refine AnyNetX_C by \"increasing w\", \"constant w\" and \"decreasing w\", and the first by "
              "\"increasing d\", \"constant d\" and \"decreasing d\"");
    return figure;
}

} // namespace spacewright
