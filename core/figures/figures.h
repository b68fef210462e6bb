// The paper's figures (Radosavovic et al. 2020) and a few more, each made from the populations of one or several studies.
#pragma once
#include "core/figures/figure.h"
#include "core/statistics/population.h"

namespace spacewright {

struct FigureOptions {
    std::string parameter = "d";       ///< scatter: by its constraint name ("d", "w4", "flops")
    std::optional<SpaceId> selected{}; ///< scatter: whose points and band stand out; none: the last with results
    bool band = false;                 ///< edf: the 95 % DKW band of each space
};

struct FigureKind {
    const char* name;
    const char* about; ///< what it shows and which spaces it needs
    Figure (*make)(const std::vector<Population>&, const FigureOptions&);
};

/// All of them, in the paper's order, then those it does not have.
const std::vector<FigureKind>& figureKinds();
std::vector<std::string> figureNames();

/// Ids of spaces must differ. Throws Error in one sentence for an unknown name, while there are no results at all, and
/// naming the spaces that the figure needs.
Figure makeFigure(const std::string& name, const std::vector<Population>&, const FigureOptions& = {});

} // namespace spacewright
