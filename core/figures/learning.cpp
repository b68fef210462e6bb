// learning: validation error after each epoch, of the best models of each space.
#include "core/error.h"
#include "core/figures/builders.h"
#include "core/figures/model_curves.h"
#include "core/figures/parts.h"
#include <algorithm>
#include <utility>

namespace spacewright {
namespace {

constexpr std::size_t curves = 8; ///< of each space: more cannot be told apart

} // namespace

Figure learningFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    Panel panel{.x = {{.name = "epoch"}}, .legendAbove = true};
    std::vector<double> errors;
    for (const Shown& one : withResults(populations)) {
        if (one->file.empty())
            continue;
        const Study study(one->file, Study::Access::readOnly);
        bool isFirst = true;
        for (const Model* model : bestModels(*one.population, curves)) {
            Series line = epochCurve(study.epochs(model->id), &Epoch::validationError);
            line.space = one.colour;
            if (line.points.empty())
                continue;
            if (std::exchange(isFirst, false))
                line.name = one.name;
            for (const Point& point : line.points)
                errors.push_back(point.y);
            panel.series.push_back(std::move(line));
        }
    }
    if (panel.series.empty())
        throw Error("The figure \"learning\" needs models whose epochs were recorded. Train some models of a study.");
    panel.y = errorAxis(std::move(errors));
    Figure figure{.panels = {std::move(panel)}};
    figure.caption =
        "Validation error after each epoch, of the " + std::to_string(curves) + " best models of each space.";
    return figure;
}

} // namespace spacewright
