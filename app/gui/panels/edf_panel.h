// The EDFs, with one line of words on what they show; before there is a study, what to do first.
#pragma once
#include "app/gui/charts/panel_chart.h"
#include "app/gui/selection.h"
#include "app/gui/snapshot.h"
#include "core/figures/figures.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace spacewright {

class ChartView;

class EdfPanel : public QWidget {
    Q_OBJECT
public:
    explicit EdfPanel(Selection&, QWidget* parent = nullptr);

    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    void showVerdict(const QString&);
    /// Whether the 95 % bands are wanted.
    bool bands() const;
    /// Nothing is open: the reason, and whether the buttons are offered.
    void showStart(const QString& sentence, bool choices);
    FigureOptions figureOptions() const;

Q_SIGNALS:
    void bandsChanged();
    void exportRequested();
    void defaultStudyRequested();
    void openRequested();
    void newRequested();

private:
    std::vector<ModelId> modelsBetween(double low, double high) const;
    QWidget* startPage();
    QWidget* chartPage();
    void plot();
    std::shared_ptr<const Panel> withSelection() const;

    Selection& m_selection;
    std::shared_ptr<const Snapshot> m_snapshot;
    QStackedWidget* m_pages;
    QLabel* m_start = nullptr;
    QWidget* m_choices = nullptr;
    PanelChart* m_chart = nullptr;
    ChartView* m_view = nullptr;
    QLabel* m_verdict = nullptr;
    QCheckBox* m_band = nullptr;
};

} // namespace spacewright
