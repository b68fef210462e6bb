// difference: how much of each space lies below an error, less the same of its parent.
#include "core/error.h"
#include "core/figures/builders.h"
#include "core/figures/parts.h"
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

/// Its parent, or, for a space without one that has results, the first of all.
const Shown* reference(const Shown& one, const std::vector<Shown>& all)
{
    for (const Shown& other : all)
        if (one->space.parent == other->space.id)
            return &other;
    return &all.front() == &one ? nullptr : &all.front();
}

/// F_a - F_b as steps, and the 95 % band of Kolmogorov and Smirnov around them: c sqrt((n + m) / (n m)), c = 1.358.
Series difference(const Edf& a, const Edf& b)
{
    std::vector<double> errors = a.errors;
    errors.insert(errors.end(), b.errors.begin(), b.errors.end());
    std::sort(errors.begin(), errors.end());
    errors.erase(std::unique(errors.begin(), errors.end()), errors.end());
    const double n = a.n(), m = b.n(), half = 1.358 * std::sqrt((n + m) / (n * m));
    Series band{.kind = Series::Kind::band};
    double height = 0;
    const auto step = [&](double error) {
        band.points.push_back({error, std::max(-1.0, height - half)});
        band.upper.push_back({error, std::min(1.0, height + half)});
    };
    step(0);
    for (std::size_t i = 0; i < errors.size(); ++i) {
        step(errors[i]);
        const double next = i + 1 < errors.size() ? errors[i + 1] : std::nextafter(errors[i], 1e9);
        height = a.at(next) - b.at(next);
        step(errors[i]);
    }
    step(std::max(100.0, errors.back()));
    return band;
}

/// The middle of a band that was cut nowhere.
Series middleOf(const Edf& a, const Edf& b, const Series& band)
{
    Series line;
    line.points.push_back({0, 0});
    for (std::size_t i = 1; i + 1 < band.points.size(); ++i) {
        const double error = band.points[i].x;
        const bool isAfter = i % 2 == 0; // two steps at each error
        const double at = isAfter ? std::nextafter(error, 1e9) : error;
        line.points.push_back({error, a.at(at) - b.at(at)});
    }
    line.points.push_back({band.points.back().x, 0});
    return line;
}

} // namespace

Figure edfDifferenceFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    const std::vector<Shown> all = withResults(populations);
    Panel panel{.y = {{.name = "share of models, less that of the parent"}}};
    std::vector<double> errors;
    std::vector<Series> lines;
    for (const Shown& one : all) {
        errors.insert(errors.end(), one->edf->errors.begin(), one->edf->errors.end());
        const Shown* other = reference(one, all);
        if (!other)
            continue;
        Series band = difference(*one->edf, *(*other)->edf);
        Series line = middleOf(*one->edf, *(*other)->edf, band);
        band.space = line.space = one.colour;
        line.name = one.name + " less " + other->name;
        panel.series.push_back(std::move(band));
        lines.push_back(std::move(line));
    }
    if (lines.empty())
        throw Error(
            "The figure \"difference\" needs two spaces with results. Refine the space, or add another one, and "
            "train some models of it.");
    panel.series.insert(panel.series.end(), lines.begin(), lines.end());
    panel.x = errorAxis(std::move(errors));
    panel.series.push_back({.ink = Series::Ink::best, .points = {{0, 0}, {100, 0}}});
    return {.panels = {std::move(panel)},
            .caption = "Above 0 more models of the space lie below the error than of the other. Where the 95 % band "
                       "leaves 0, the two differ."};
}

} // namespace spacewright
