// The EDFs of a study's spaces as exact steps, with the paper's legend.
#pragma once
#include "app/gui/charts/legend.h"
#include "core/statistics/population.h"

#include <QChart>
#include <QValueAxis>

class QAreaSeries;
class QLineSeries;

namespace spacewright {

class EdfChart : public QChart {
    Q_OBJECT
public:
    explicit EdfChart(const Theme&, QGraphicsItem* parent = nullptr);

    /// Shows what is finished of each population; `selected` is drawn thicker. Costs one `replace` per space.
    void plot(const std::vector<Population>&, std::optional<SpaceId> selected, bool band);
    void setTheme(const Theme&);
    const ChartLegend& key() const { return *m_key; }

private:
    struct Curve {
        QLineSeries* line = nullptr;
        QLineSeries* upper = nullptr; ///< of the band
        QLineSeries* lower = nullptr;
        QAreaSeries* area = nullptr;
        bool selected = false;
    };
    Curve addCurve();
    void style();

    QValueAxis* m_errors;
    QValueAxis* m_shares;
    ChartLegend* m_key;
    Theme m_theme;
    std::vector<Curve> m_curves; ///< of the populations, in their order
};

/// The corners of the step function between two errors, each share moved by `shift` and kept in 0..1.
QList<QPointF> edfSteps(const Edf&, double from, double to, double shift = 0);
/// "[15.3 | 20.0] AnyNetX_A, n 24": minimum, mean and number of models.
QString edfLegend(const Population&);

} // namespace spacewright
