// complexity: what run time follows, and how the best models grow (Radosavovic et al. 2020, figures 12 and 13).
#include "core/figures/builders.h"
#include "core/figures/roles.h"
#include "core/statistics/trend.h"
#include <algorithm>
#include <cmath>
#include <functional>

namespace spacewright {
namespace {

struct Fit {
    std::function<double(double)> at;
    std::string words;
};

/// Least squares; none where all x are equal.
using Fitter = std::optional<Fit> (*)(const std::vector<double>& x, const std::vector<double>& y);

bool varies(const std::vector<double>& x)
{
    return std::adjacent_find(x.begin(), x.end(), std::not_equal_to<>()) != x.end();
}

std::optional<Fit> straight(const std::vector<double>& x, const std::vector<double>& y)
{
    if (!varies(x))
        return std::nullopt;
    const LineFit fit = lineFit(x, y);
    return Fit{[fit](double at) { return fit.at(at); }, "line, r2 " + shortText(fit.r2)};
}

std::optional<Fit> root(const std::vector<double>& x, const std::vector<double>& y)
{
    if (!varies(x))
        return std::nullopt;
    const PowerFit fit = rootFit(x, y);
    return Fit{[fit](double at) { return fit.at(at); },
               shortText(fit.factor) + " sqrt(flops), r2 " + shortText(fit.r2)};
}

/// The points of each space, and the curve through all of them.
class Growth {
public:
    explicit Growth(Panel panel) : m_panel(std::move(panel)) {}

    void add(const Shown& one, const std::vector<Point>& points)
    {
        m_panel.series.push_back(
            {.kind = Series::Kind::points, .space = one.colour, .name = one.name, .points = points});
        for (const Point& point : points) {
            m_x.push_back(point.x);
            m_y.push_back(point.y);
        }
    }

    Panel finished(Fitter fitter)
    {
        const std::optional<Fit> fit = m_x.empty() ? std::nullopt : fitter(m_x, m_y);
        if (!fit)
            return std::move(m_panel);
        constexpr int intervals = 50;
        const auto [low, high] = std::minmax_element(m_x.begin(), m_x.end());
        Series curve{.ink = Series::Ink::best, .name = fit->words};
        for (int i = 0; i <= intervals; ++i) {
            const double x = *low + (*high - *low) * i / intervals;
            curve.points.push_back({x, fit->at(x)});
        }
        m_panel.series.push_back(std::move(curve));
        return std::move(m_panel);
    }

private:
    Panel m_panel;
    std::vector<double> m_x, m_y;
};

/// Milliseconds that training took per image, against one measure of complexity.
Panel timePanel(const std::vector<Shown>& spaces, const std::string& measure)
{
    Growth growth({.x = axisOf(measure), .y = {{"training time", "ms per image"}}});
    for (const Shown& one : spaces) {
        std::vector<Point> points;
        for (const Model& model : one->counted)
            if (model.imagesPerSecond > 0)
                points.push_back({*parameterValue(model.sample, measure), 1000 / model.imagesPerSecond});
        if (!points.empty())
            growth.add(one, points);
    }
    return growth.finished(straight);
}

/// A measure of the best tenth of each space, at least three models, against flops.
Panel bestPanel(const std::vector<Shown>& spaces, const std::string& measure, Fitter fitter)
{
    Growth growth({.title = "the best of each space", .x = axisOf("flops"), .y = axisOf(measure)});
    for (const Shown& one : spaces) {
        std::vector<Point> points;
        for (const Model* model : bestModels(*one.population, std::max<std::size_t>(3, one->counted.size() / 10)))
            points.push_back({*parameterValue(model->sample, "flops"), *parameterValue(model->sample, measure)});
        growth.add(one, points);
    }
    return growth.finished(fitter);
}

} // namespace

Figure complexityFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    const std::vector<Shown> all = withNetworks(populations);
    if (all.empty())
        needs("complexity", "a space whose networks are known", "add such a space to a study");
    Figure figure;
    for (const char* measure : {"flops", "params", "acts"}) {
        Panel panel = timePanel(all, measure);
        if (!panel.series.empty())
            figure.panels.push_back(std::move(panel));
    }
    if (figure.panels.empty())
        figure.caption = "No model has a measured training time.";
    figure.panels.push_back(bestPanel(all, "acts", root));
    figure.panels.push_back(bestPanel(all, "params", straight));
    for (Panel& panel : figure.panels) // the spaces' names stand in the first panel, for all
        for (Series& series : panel.series)
            if (&panel != &figure.panels.front() && series.ink == Series::Ink::space)
                series.name.clear();
    return figure;
}

} // namespace spacewright
