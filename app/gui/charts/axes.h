// Axes with round ticks, and the look that all charts share.
#pragma once
#include "app/gui/charts/palette.h"

#include <QChart>
#include <QValueAxis>
#include <vector>

namespace spacewright {

/// Sets the range to half ticks around [low, high], so that it seldom moves while results arrive; about `ticks` ticks
/// at round numbers, labelled with as many decimals as they need.
void fitAxis(QValueAxis&, double low, double high, int ticks = 6);
/// The range of errors (percent) that a chart shows: all of them, or, where a few are so high that the others would be
/// squeezed together, up to the median plus four times its distance from the lowest.
struct ErrorRange {
    double low = 0;
    double high = 100;
    int above = 0; ///< models whose error is higher than `high`
};
ErrorRange errorRange(std::vector<double> errors);
/// "error (%)", and how many models lie above what the axis shows.
QString errorTitle(const ErrorRange&);
/// Colours and fonts of the chart and its axes.
void styleChart(QChart&, const Theme&);
/// The smallest 1, 2, 2.5 or 5 times a power of ten that is at least `rough` > 0.
double roundStep(double rough);

} // namespace spacewright
