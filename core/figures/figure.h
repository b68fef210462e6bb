// A figure as a value: panels of finished numbers, drawn by app/gui/charts and written as JSON.
#pragma once
#include "core/figures/quantity.h"
#include "core/statistics/bootstrap.h"
#include "core/study/study.h"

namespace spacewright {

struct Point {
    double x = 0, y = 0;

    bool operator==(const Point&) const = default;
};

struct Axis {
    enum class Scale { linear, log2, log10 };
    Quantity quantity{};
    Scale scale = Scale::linear;
    std::optional<double> low{}, high{}; ///< what is shown; none: all there is. What lies beyond is drawn at the edge
    int above = 0;                       ///< models that lie above `high`
};

struct Series {
    /// line: straight from point to point (steps have two at each corner). band: between `points` and `upper`.
    enum class Kind { line, points, band };
    /// Whose colour: the space's, or the bootstrap's best line and band, or grey for what recedes.
    enum class Ink { space, best, band, others };
    Kind kind = Kind::line;
    Ink ink = Ink::space;
    int space = 0;       ///< its place among the spaces, which gives it colour, dash and marker
    std::string name{};  ///< in the legend; empty: not there
    bool strong = false; ///< the selected space
    std::vector<Point> points{};
    std::vector<Point> upper{};    ///< band only, with the same x as `points`
    std::vector<ModelId> models{}; ///< whose the points are; empty where they are no models
    std::vector<double> shares{};  ///< points only: of the largest bubble's area; empty: all markers are alike
};

struct Panel {
    std::string title{};
    Axis x{}, y{};
    std::vector<Series> series{};
    std::optional<BestBand> best{}; ///< values of x: a band and a line over the whole height, as in the paper
    bool legendAbove = false;       ///< else in the free space of the plot, where there is enough
};

struct Figure {
    std::string name{}; ///< as in figureNames()
    std::vector<Panel> panels{};
    int columns = 2;       ///< the panels of a last row that is not full share its width
    std::string caption{}; ///< what the panels do not say themselves; may be empty
};

} // namespace spacewright
