// Axes with round ticks, and the look that all charts share.
#pragma once
#include "app/gui/charts/palette.h"
#include "core/figures/figure.h"

#include <QCategoryAxis>
#include <QChart>
#include <QValueAxis>
#include <cmath>

namespace spacewright {

/// How values come onto a Qt axis: in a unit, as a logarithm where the axis is logarithmic, and no further than its
/// ends.
struct AxisMap {
    double low = 0, high = 1; ///< of the Qt axis
    double unit = 1;          ///< values are divided by it: 10^6 for flops in M
    Axis::Scale scale = Axis::Scale::linear;
    bool isExact = false; ///< a part that a person chose: values beyond it stay beyond

    double operator()(double value) const;
    /// The value at a place of the Qt axis.
    double value(double at) const;
    bool isBeyond(double value) const
    {
        return value / unit > (scale == Axis::Scale::linear ? high : std::pow(10, high));
    }
};

/// The Qt axis for a scale; owned by the caller.
QAbstractAxis* makeAxis(Axis::Scale, QObject* parent);
/// Sets range and ticks so that the axis shows all from `low` to `high`; about `ticks` ticks at round numbers.
/// `qtAxis` comes from makeAxis for the same scale; logarithmic axes show positive values only.
AxisMap fitAxis(QAbstractAxis& qtAxis, const Axis&, double low, double high, int ticks);

/// The same, but the axis ends exactly at `low` and `high`.
AxisMap fitAxisTo(QAbstractAxis& qtAxis, const Axis&, double low, double high, int ticks);

/// The fullest title for which `length`, in points, has room.
void fitTitle(QAbstractAxis& qtAxis, const Axis&, const AxisMap&, qreal length);

/// Sets the range to half ticks around [low, high], so that it seldom moves while results arrive; about `ticks` ticks
/// at round numbers, labelled with as many decimals as they need.
void fitAxis(QValueAxis&, double low, double high, int ticks = 6);
/// Colours and fonts of the chart and its axes.
void styleChart(QChart&, const Theme&);
/// The smallest 1, 2, 2.5 or 5 times a power of ten that is at least `rough` > 0.
double roundStep(double rough);

} // namespace spacewright
