// What a chart has drawn, for tests.
#pragma once
#include "app/gui/charts/panel_chart.h"

#include <QAreaSeries>
#include <QLineSeries>

namespace spacewright {

/// What is drawn of the panel's own lines and bands, in order: lines and lower edges.
inline std::vector<QXYSeries*> drawnSeries(const PanelChart& chart)
{
    std::vector<QXYSeries*> all;
    for (QAbstractSeries* series : chart.series())
        if (auto* area = qobject_cast<QAreaSeries*>(series))
            all.push_back(area->lowerSeries());
        else
            all.push_back(qobject_cast<QXYSeries*>(series));
    return {all.begin(), all.end() - 1}; // the last is the line of the best value
}

} // namespace spacewright
