// shared: does sharing b and g cost anything, and which b and g are best? (Radosavovic et al. 2020, figure 5)
#include "core/figures/builders.h"
#include "core/figures/roles.h"

namespace spacewright {

Figure sharedFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    const std::vector<Shown> unordered = mostAlike(those(withResults(populations), [](const Space& space) {
        return isAnyNet(space) && !orderOf(space, "w") && !orderOf(space, "d");
    }));
    Figure figure;
    figure.panels.push_back(edfPanel(unordered));
    for (const char* parameter : {"b", "g"}) {
        // Of the spaces restricted by nothing else the one that shares most.
        const Shown* best = nullptr;
        for (const char letter : {'B', 'C'})
            for (const Shown& one : unordered)
                if (anyNetLetter(one.space()) == letter && has(one.space(), Constraint::Kind::shared, parameter))
                    best = &one;
        if (best)
            figure.panels.push_back(scatterPanel(*best, parameter));
    }
    if (unordered.size() < 2 || figure.panels.size() < 2)
        needs("shared", "AnyNetX_A and of the same with a shared bottleneck ratio (B) and group width (C)",
              "refine AnyNetX_A by \"shared b\", and that by \"shared g\"");
    return figure;
}

} // namespace spacewright
