// MainWindow, what it shows of what the bridge tells: snapshots, the state of training, verdicts, problems.
#include "app/gui/files.h"
#include "app/gui/main_window.h"
#include "app/gui/milestones.h"
#include "app/gui/models/queue_model.h"
#include "app/gui/panels/advice_panel.h"
#include "app/gui/panels/edf_panel.h"
#include "app/gui/panels/figures_panel.h"
#include "app/gui/panels/journal_panel.h"
#include "app/gui/panels/message_bar.h"
#include "app/gui/panels/network_panel.h"
#include "app/gui/panels/parallel_panel.h"
#include "app/gui/panels/queue_panel.h"
#include "app/gui/panels/scatter_panel.h"
#include "app/gui/panels/silhouette_strip.h"
#include "app/gui/panels/space_panel.h"
#include "app/gui/panels/start_page.h"
#include "app/gui/panels/table_panel.h"
#include "app/gui/panels/worker_bar.h"
#include "core/data/known_sets.h"

#include <QFileInfo>

namespace spacewright {

void MainWindow::take(const std::shared_ptr<const Snapshot>& snapshot)
{
    const bool other = !m_snapshot || m_snapshot->study->path != snapshot->study->path;
    const auto before = std::exchange(m_snapshot, snapshot);
    if (other) {
        m_start->hide();
        m_docks.setHidden(false);
        m_selection.clear();
        m_selection.setCurrent({});
        m_history.clear();
        m_verdict.reset();
        m_model.reset();
        m_network->clear();
        const QString path = QString::fromStdString(snapshot->study->path.string());
        rememberStudy(path);
        if (const qint64 space = remembered(path).space; snapshot->population(SpaceId{space}))
            selectSpace(space);
        if (snapshot->readOnly)
            m_messages->warn(tr("The study is open for reading only: nothing can be trained or changed."));
    } else {
        m_network->refresh();
    }
    m_journal->setSnapshot(snapshot);
    m_edf->setSnapshot(snapshot);
    m_depths->setSnapshot(snapshot);
    m_widths->setSnapshot(snapshot);
    m_silhouettes->setSnapshot(snapshot);
    m_space->setSnapshot(snapshot);
    m_network->setSnapshot(snapshot);
    m_table->setSnapshot(snapshot);
    m_advice->setSnapshot(snapshot);
    m_figures->setSnapshot(snapshot);
    m_parallel->setSnapshot(snapshot);
    m_worker->setSnapshot(snapshot);
    tellDesktop(before);
    takeState(m_bridge.trainingState());
}

void MainWindow::takeDetails(const std::vector<ModelDetails>& details)
{
    m_model = details.front();
    m_network->setDetails(details);
    enableModelActions();
}

void MainWindow::enableModelActions()
{
    const bool writable = m_snapshot && !m_snapshot->readOnly;
    m_actions.exportNetwork->setEnabled(m_model.has_value());
    m_actions.retry->setEnabled(writable && m_model && isProblem(m_model->model));
}

void MainWindow::takeState(TrainingState state)
{
    m_worker->setState(state);
    m_worker->setDevice(m_bridge.workersText());
    const bool open = m_snapshot != nullptr;
    const bool writable = open && !m_snapshot->readOnly;
    m_actions.setTraining(state == TrainingState::training || state == TrainingState::starting);
    m_actions.train->setEnabled(writable && state != TrainingState::stopping);
    m_actions.refine->setEnabled(writable);
    m_actions.addModels->setEnabled(writable);
    m_actions.importPopulation->setEnabled(writable);
    m_actions.trainNext->setEnabled(writable);
    for (QAction* action : {m_actions.exportPopulation, m_actions.exportChart, m_actions.writeReport,
                            m_actions.printReport, m_actions.compareWith})
        action->setEnabled(open);
    m_actions.endComparison->setEnabled(open && !m_snapshot->others.empty());
    enableModelActions();
    showTitle();
}

/// Who looks at the window sees it all there.
void MainWindow::takeVerdict(const Verdict& verdict)
{
    m_edf->showVerdict(QString::fromStdString(verdict.sentence));
    // The first one of a study was reached before this window looked at it.
    const auto reached = m_verdict && !isActiveWindow() ? milestone(*m_verdict, verdict) : std::nullopt;
    if (reached)
        m_desktop.notify(reached->title, reached->text);
    m_verdict = verdict;
}

void MainWindow::tellDesktop(const std::shared_ptr<const Snapshot>& before)
{
    const Counts counts = m_snapshot->totals();
    const double done = static_cast<double>(counts.total() - counts.waiting - counts.running);
    m_desktop.showProgress(m_bridge.trainingState() == TrainingState::training && counts.total() > 0
                               ? done / static_cast<double>(counts.total())
                               : -1);
    if (before && !isActiveWindow())
        for (const Milestone& milestone : milestones(*before, *m_snapshot))
            m_desktop.notify(milestone.title, milestone.text);
}

void MainWindow::showTitle()
{
    if (!m_snapshot)
        return setWindowTitle(tr("Spacewright"));
    const QString study = QFileInfo(QString::fromStdString(m_snapshot->study->path.string())).fileName();
    setWindowTitle(tr("%1, %2 - Spacewright").arg(study, m_worker->stateText()));
}

void MainWindow::showStart(const QString& problem)
{
    m_docks.setHidden(true);
    m_start->setProblem(problem);
    m_start->setRecent(recentStudies());
    m_start->show();
    m_start->setFocus();
}

void MainWindow::offerRecovery(const Problem& problem)
{
    if (!m_snapshot)
        showStart();
    m_messages->warn(problem.text, tr("Recover into a new file..."),
                     [this, damaged = QString::fromStdString(problem.damaged.string())] { askForRecovered(damaged); });
}

void MainWindow::takeProblem(const Problem& problem)
{
    if (problem.kind == Problem::Kind::cannotOpen && !m_snapshot)
        showStart(problem.text);
    else if (problem.kind == Problem::Kind::noDataSet && m_snapshot &&
             isDataSetName(m_snapshot->study->recipe.data)) // which can be told a folder
        m_messages->warn(problem.text, tr("Choose folder..."), [this] { askForDataFolder(); });
    else if (problem.kind == Problem::Kind::damaged)
        offerRecovery(problem);
    else if (problem.kind == Problem::Kind::crashed)
        m_messages->warn(problem.text, tr("Train in separate processes"), [this] { m_queue->trainIsolated(); });
    else
        m_messages->warn(problem.text);
}

} // namespace spacewright
