// refined: RegNets restricted further (Radosavovic et al. 2020, figure 13).
#include "core/figures/builders.h"
#include "core/figures/roles.h"
#include <algorithm>

namespace spacewright {

Figure refinedFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    std::vector<Shown> regNets = mostAlike(those(withResults(populations), isRegNet));
    const auto isRestricted = [](const Shown& one) { return !one.space().constraints.empty(); };
    if (regNets.size() < 2 || std::none_of(regNets.begin(), regNets.end(), isRestricted))
        needs("refined", "RegNetX and of RegNets restricted further",
              "refine RegNetX, say by \"b=1\", \"d=:40\" and \"w_m=2:\", and then by limits of params and acts");
    // Limits of complexity are what the last step is about; those that all spaces share say nothing.
    for (Shown& one : regNets)
        for (const Constraint& constraint : one.space().constraints)
            if (std::any_of(regNets.begin(), regNets.end(), [&](const Shown& other) {
                    const std::vector<Constraint>& theirs = other.space().constraints;
                    return std::find(theirs.begin(), theirs.end(), constraint) == theirs.end();
                }))
                one.name += (one.name == one->space.space.name ? ": " : ", ") +
                            (constraint.kind == Constraint::Kind::equal ? toText(constraint) : describe(constraint));
    return {.panels = {edfPanel(regNets)}};
}

} // namespace spacewright
