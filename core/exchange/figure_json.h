// A figure as JSON, so that whoever wants can draw its numbers elsewhere.
#pragma once
#include "core/figures/figure.h"

namespace spacewright {

/// {figure, caption, panels: [{title, x, y, series: [...], best: {low, best, high} or null}]}; an axis is {name, unit,
/// scale}, a series {name, kind, ink, points: [[x, y]...]}, a band's lower edge `points` and its upper edge `upper`.
std::string toJson(const Figure&);

} // namespace spacewright
