// How the training of single models went, epoch by epoch.
#include "core/figures/model_curves.h"
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

constexpr std::size_t fewEpochs = 30; ///< so few that each is marked

/// A line, and its points where there are few: one epoch makes no line.
void add(Panel& panel, Series line)
{
    if (line.points.empty())
        return;
    if (line.points.size() <= fewEpochs) {
        Series points = line;
        points.kind = Series::Kind::points;
        points.name.clear();
        panel.series.push_back(std::move(points));
    }
    panel.series.push_back(std::move(line));
}

Series named(Series line, const std::string& name, int space, bool other)
{
    line.name = name;
    line.space = space;
    line.ink = other ? Series::Ink::best : Series::Ink::space;
    return line;
}

} // namespace

Series epochCurve(const std::vector<Epoch>& epochs, double Epoch::*value)
{
    Series line;
    for (const Epoch& epoch : epochs)
        if (std::isfinite(epoch.*value))
            line.points.push_back({static_cast<double>(epoch.number), epoch.*value});
    return line;
}

std::vector<Panel> trainingPanels(const std::vector<ShownModel>& models)
{
    int last = 0;
    for (const ShownModel& model : models)
        for (const Epoch& epoch : model.epochs)
            last = std::max(last, epoch.number);
    if (last == 0)
        return {};
    const Axis epochs{.quantity = {.name = "epoch"}, .low = 0, .high = last == 1 ? 2 : last};
    Panel errors{.x = epochs, .legendAbove = true}, losses{.x = epochs, .legendAbove = true};
    for (std::size_t i = 0; i < models.size(); ++i) {
        const ShownModel& model = models[i];
        const auto curve = [&](double Epoch::*value, const std::string& name, bool other) {
            return named(epochCurve(model.epochs, value), name, model.space, other);
        };
        if (models.size() == 1)
            add(errors, curve(&Epoch::trainingError, "training", true));
        add(errors, curve(&Epoch::validationError, models.size() == 1 ? "validation" : model.name, i > 0));
        add(losses, curve(&Epoch::trainingLoss, models.size() == 1 ? "" : model.name, i > 0));
    }
    double lowest = 100, highest = 0;
    for (const Series& series : errors.series)
        for (const Point& point : series.points) {
            lowest = std::min(lowest, point.y);
            highest = std::max(highest, point.y);
        }
    errors.y = {
        .quantity = quantityOf("error"), .low = std::max(0.0, lowest - 0.5), .high = std::min(100.0, highest + 0.5)};
    losses.y = {.quantity = {.name = "training loss"}, .low = 0};
    return {errors, losses};
}

} // namespace spacewright
