// The EDFs, with one line of words on what they show.
#pragma once
#include "app/gui/charts/panel_chart.h"
#include "app/gui/selection.h"
#include "app/gui/snapshot.h"
#include "core/figures/figures.h"

#include <QWidget>

class QCheckBox;
class QLabel;

namespace spacewright {

class ChartView;

class EdfPanel : public QWidget {
    Q_OBJECT
public:
    explicit EdfPanel(Selection&, QWidget* parent = nullptr);

    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    void showVerdict(const QString&);
    void setBands(bool);
    /// Whether the 95 % bands are wanted.
    bool bands() const;
    FigureOptions figureOptions() const;

Q_SIGNALS:
    void bandsChanged();
    void exportRequested();

private:
    std::vector<ModelId> modelsBetween(double low, double high) const;
    void plot();
    std::shared_ptr<const Panel> withSelection() const;

    Selection& m_selection;
    std::shared_ptr<const Snapshot> m_snapshot;
    PanelChart* m_chart;
    ChartView* m_view;
    QLabel* m_verdict;
    QCheckBox* m_band;
};

} // namespace spacewright
