// One parameter against error: a space's models, and where its best value lies.
#pragma once
#include "app/gui/charts/legend.h"
#include "core/statistics/population.h"

#include <QChart>
#include <QValueAxis>

class QAreaSeries;
class QLineSeries;
class QXYSeries;

namespace spacewright {

class ScatterChart : public QChart {
    Q_OBJECT
public:
    /// `screen` draws markers as images, fast for 10^5 points; `print` as shapes, sharp at any size.
    enum class Detail { screen, print };
    ScatterChart(const Theme&, Detail, QGraphicsItem* parent = nullptr);

    /// `scatters` belongs to `populations`; the selected space is in its colour with its band, the others recede.
    void plot(const std::vector<Population>& populations, const std::vector<Scatter>& scatters,
              const std::string& parameter, std::optional<SpaceId> selected);
    void setTheme(const Theme&, qreal pixelRatio = 1);
    const ChartLegend& key() const { return *m_key; }
    /// The selected space's model nearest to a position of the chart, within 12 points.
    std::optional<ModelId> modelNear(QPointF position) const;

private:
    QXYSeries* addPoints(Detail);
    void style();
    void styleMarkers(QXYSeries*, const SpaceStyle&, qreal size) const;
    QString bandText() const;
    void place(const QRectF& plotArea);

    QValueAxis* m_values;
    QValueAxis* m_errors;
    ChartLegend* m_key;
    QLineSeries* m_upper; ///< edges of the band
    QLineSeries* m_lower;
    QAreaSeries* m_band;
    QXYSeries* m_others;
    QXYSeries* m_points;
    QLineSeries* m_best;
    Theme m_theme;
    qreal m_pixelRatio = 1;
    double m_unit = 1; ///< values are drawn divided by it (10^6 for flops in M)
    int m_index = 0;   ///< of the selected population
    QString m_name;
    std::optional<BestBand> m_bestBand;
    std::vector<ModelId> m_ids; ///< of m_points
};

} // namespace spacewright
