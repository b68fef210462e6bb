// One parameter against error, the parameter chosen by the person.
#pragma once
#include "app/gui/charts/panel_chart.h"
#include "app/gui/selection.h"
#include "app/gui/snapshot.h"
#include "core/figures/figures.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QPushButton;

namespace spacewright {

class ChartView;

class ScatterPanel : public QWidget {
    Q_OBJECT
public:
    ScatterPanel(const std::string& parameter, Selection&, QWidget* parent = nullptr);

    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    const std::string& parameter() const { return m_parameter; }
    FigureOptions figureOptions() const;

Q_SIGNALS:
    void parameterChanged();
    void exportRequested();
    /// What the selection covers, to become a constraint.
    void constraintChosen(Constraint);

private:
    void listParameters();
    void plot();
    std::optional<Constraint> selectedRange() const;
    void offerRange();

    std::string m_parameter;
    Selection& m_selection;
    std::shared_ptr<const Snapshot> m_snapshot;
    QComboBox* m_choice;
    QPushButton* m_narrow;
    std::optional<Constraint> m_range; ///< that is offered
    QTimer m_soon;
    PanelChart* m_chart;
    ChartView* m_view;
};

/// The names that models of these spaces have, in the order of terms: d, w1 .., b, g, RegNet's, complexities.
std::vector<std::string> parametersOf(const StudyView&);

} // namespace spacewright
