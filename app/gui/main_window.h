// The window: builds the panels and connects them; decides nothing.
#pragma once
#include "app/gui/actions.h"
#include "app/gui/battery.h"
#include "app/gui/desktop.h"
#include "app/gui/docks.h"
#include "app/gui/history.h"
#include "app/gui/selection.h"

#include <QMainWindow>

namespace spacewright {

class AdvicePanel;
class EdfPanel;
class FiguresPanel;
class JournalPanel;
class MessageBar;
class NetworkPanel;
class ParallelPanel;
class QueuePanel;
class ScatterPanel;
class SilhouetteStrip;
class SpacePanel;
class StartPage;
class TablePanel;
class WorkerBar;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    static constexpr QSize usualSize{1440, 900}; ///< pixels, at the first start on a screen that has them

    /// Tests pass a power supply and a desktop of their own.
    explicit MainWindow(
        Bridge::StartEngine, BatteryPause::Source onBattery = [] { return spacewright::onBattery(); },
        Desktop = Desktop());

    void openStudy(const QString& path);
    /// Made first where it is missing.
    void openDefaultStudy();
    /// The study of the last time, else the page with the ways to begin.
    void openLatest();
    void startTraining() { m_bridge.train(); }

Q_SIGNALS:
    /// Once, after the empty window is on the screen.
    void firstPainted();
    /// The window was closed and nothing runs any more.
    void finished();

protected:
    void paintEvent(QPaintEvent*) override;
    void changeEvent(QEvent*) override;
    void closeEvent(QCloseEvent*) override;
    void dragEnterEvent(QDragEnterEvent*) override;
    void dropEvent(QDropEvent*) override;
    bool eventFilter(QObject*, QEvent*) override;

private:
    void usePalette();
    void connectActions();
    void connectPanels();
    void connectBridge();
    void take(const std::shared_ptr<const Snapshot>&);
    void takeDetails(const std::vector<ModelDetails>&);
    void enableModelActions(); ///< those on the model that is looked at
    void takeState(TrainingState);
    void takeRefined(const Refinement&, qint64 space);
    void takeAdded(const std::vector<ModelId>&);
    void takeNewSpace(const QString& name, qint64 space);
    void takeCopy(const QString& name, qint64 space, qint64 model);
    void takeVerdict(const Verdict&);
    void tellDesktop(const std::shared_ptr<const Snapshot>& before);
    void setAside(qint64 space, bool);
    void setNote(qint64 space, const QString&);
    void askForReport();
    /// Written to the path, or printed where there is none.
    void takeReport(const Report&, const QString& path);
    void takeProblem(const Problem&);
    void offerRecovery(const Problem&);
    /// Instead of all panels, until a study is open.
    void showStart(const QString& problem = {});
    void showTitle();
    void listRecent();
    void selectSpace(qint64);
    void lookAtParameters();
    void askForStudy();
    void askForComparison();
    void askForDamaged();
    /// Where to save what can be read of it.
    void askForRecovered(const QString& damaged);
    /// Of a named space or a space file, on a named data set or a folder; empty: to be chosen.
    void askForNewStudy(const QString& space = {}, const QString& data = {});
    void askForDataFolder();
    void askHowManyModels();
    void askForPopulation();
    void exportPopulation();
    void exportNetwork();
    void exportChart(const std::string& figure, const struct FigureOptions&);
    void exportFigure(const QString& name, std::function<Figure()> make);
    void exportFocusedChart();
    void explainFocused();
    void about();

    History m_history;
    Bridge m_bridge;
    BatteryPause m_battery;
    Desktop m_desktop;
    Actions m_actions;
    Selection m_selection;
    MessageBar* m_messages;
    StartPage* m_start;
    EdfPanel* m_edf;
    ScatterPanel* m_depths;
    ScatterPanel* m_widths;
    SilhouetteStrip* m_silhouettes;
    JournalPanel* m_journal;
    SpacePanel* m_space;
    TablePanel* m_table;
    AdvicePanel* m_advice;
    FiguresPanel* m_figures;
    ParallelPanel* m_parallel;
    NetworkPanel* m_network;
    QueuePanel* m_queue;
    WorkerBar* m_worker;
    Docks m_docks;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::optional<Verdict> m_verdict;    ///< the last one of this study
    std::optional<ModelDetails> m_model; ///< that is looked at
    bool m_painted = false;
    bool m_done = false;
};

} // namespace spacewright
