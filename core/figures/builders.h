// One builder per figure: finished numbers from populations, of which at least one has results.
#pragma once
#include "core/figures/figures.h"

namespace spacewright {

/// Each throws Error naming the spaces that it needs.
Figure sharedFigure(const std::vector<Population>&, const FigureOptions&);
Figure networksFigure(const std::vector<Population>&, const FigureOptions&);
Figure orderedFigure(const std::vector<Population>&, const FigureOptions&);
Figure linearFitFigure(const std::vector<Population>&, const FigureOptions&);
Figure regNetFigure(const std::vector<Population>&, const FigureOptions&);
Figure generalizationFigure(const std::vector<Population>&, const FigureOptions&);
Figure trendsFigure(const std::vector<Population>&, const FigureOptions&);
Figure complexityFigure(const std::vector<Population>&, const FigureOptions&);
Figure refinedFigure(const std::vector<Population>&, const FigureOptions&);
Figure alternativesFigure(const std::vector<Population>&, const FigureOptions&);
Figure recipeFigure(const std::vector<Population>&, const FigureOptions&);
Figure edfDifferenceFigure(const std::vector<Population>&, const FigureOptions&);
Figure bubblesFigure(const std::vector<Population>&, const FigureOptions&);
/// Reads the epochs from the populations' study files.
Figure learningFigure(const std::vector<Population>&, const FigureOptions&);

} // namespace spacewright
