// The window: builds the panels and connects them.
#include "app/gui/main_window.h"

#include "app/gui/chart_size_dialog.h"
#include "app/gui/files.h"
#include "app/gui/panels/advice_panel.h"
#include "app/gui/panels/chart_view.h"
#include "app/gui/panels/edf_panel.h"
#include "app/gui/panels/figures_panel.h"
#include "app/gui/panels/journal_panel.h"
#include "app/gui/panels/layers_view.h"
#include "app/gui/panels/learning_view.h"
#include "app/gui/panels/message_bar.h"
#include "app/gui/panels/mistakes_view.h"
#include "app/gui/panels/network_editor.h"
#include "app/gui/panels/network_panel.h"
#include "app/gui/panels/parallel_panel.h"
#include "app/gui/panels/queue_panel.h"
#include "app/gui/panels/scatter_panel.h"
#include "app/gui/panels/silhouette_strip.h"
#include "app/gui/panels/space_panel.h"
#include "app/gui/panels/start_page.h"
#include "app/gui/panels/table_panel.h"
#include "app/gui/panels/worker_bar.h"
#include "core/study/default_study.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QFileInfo>
#include <QMenu>
#include <QScreen>
#include <QStatusBar>
#include <QToolBar>

namespace spacewright {

MainWindow::MainWindow(Bridge::StartEngine start, BatteryPause::Source onBattery, Desktop desktop)
    : m_bridge(std::move(start)), m_battery(m_bridge, std::move(onBattery)), m_desktop(std::move(desktop)),
      m_actions(this), m_messages(new MessageBar), m_start(new StartPage), m_edf(new EdfPanel(m_selection)),
      m_depths(new ScatterPanel(remembered().first.toStdString(), m_selection)),
      m_widths(new ScatterPanel(remembered().second.toStdString(), m_selection)),
      m_silhouettes(new SilhouetteStrip(m_selection)), m_journal(new JournalPanel), m_space(new SpacePanel(&m_history)),
      m_table(new TablePanel(m_selection)), m_advice(new AdvicePanel), m_figures(new FiguresPanel(m_selection)),
      m_parallel(new ParallelPanel(m_selection)), m_network(new NetworkPanel(m_selection)),
      m_queue(new QueuePanel(m_bridge)), m_worker(new WorkerBar),
      m_docks(this, {m_journal, m_network, m_edf, m_depths, m_widths, m_silhouettes, m_table, m_queue, m_advice,
                     m_figures, m_parallel, m_space})
{
    resize(usualSize.boundedTo(screen()->availableSize()));
    setAcceptDrops(true);
    setCentralWidget(m_start);
    m_start->hide();
    m_actions.build(this, m_docks.all());
    addToolBarBreak();
    QToolBar* messages = addToolBar(tr("Message"));
    messages->setObjectName("messages");
    messages->setMovable(false);
    messages->addWidget(m_messages);
    connect(m_messages, &MessageBar::wanted, messages, &QWidget::setVisible);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addPermanentWidget(m_worker, 1);
    m_history.show(m_actions.undo, m_actions.redo);
    connectActions();
    connectPanels();
    connectBridge();
    m_edf->setBands(remembered().bands);
    lookAtParameters();
    m_docks.restore();
    messages->hide();
    usePalette();
    takeState(m_bridge.trainingState());
    qApp->installEventFilter(this);
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction* action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    on(m_actions.newStudy, [this] { askForNewStudy(); });
    on(m_actions.defaultStudy, &MainWindow::openDefaultStudy);
    on(m_actions.open, &MainWindow::askForStudy);
    on(m_actions.recover, &MainWindow::askForDamaged);
    on(m_actions.importPopulation, &MainWindow::askForPopulation);
    on(m_actions.exportPopulation, &MainWindow::exportPopulation);
    on(m_actions.exportNetwork, &MainWindow::exportNetwork);
    on(m_actions.exportChart, &MainWindow::exportFocusedChart);
    on(m_actions.chartSize, [this] {
        auto* dialog = new ChartSizeDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    on(m_actions.writeReport, &MainWindow::askForReport);
    on(m_actions.printReport, [this] { m_bridge.askReport(m_snapshot, {}); });
    on(m_actions.quit, &QWidget::close);
    on(m_actions.copy, [this] {
        if (auto* chart = qobject_cast<ChartView*>(QApplication::focusWidget()))
            chart->copy();
        else
            m_table->copy();
    });
    on(m_actions.filter, [this] { m_table->focusFilter(); });
    on(m_actions.refine, [this] { m_space->beginRefining(); });
    on(m_actions.addModels, &MainWindow::askHowManyModels);
    on(m_actions.retry, [this] { m_bridge.retry(m_model->model.id); });
    on(m_actions.trainNext, [this] { m_bridge.setNext(m_selection.chosen(), true); });
    on(m_actions.train, [this] {
        const TrainingState state = m_bridge.trainingState();
        if (state == TrainingState::training || state == TrainingState::starting)
            m_bridge.pause();
        else
            m_bridge.train();
    });
    on(m_actions.leaveOutDiverged, [this](bool on) {
        Look look = m_bridge.look();
        look.diverged = on ? DivergedModels::leftOut : DivergedModels::atChance;
        m_bridge.setLook(look);
    });
    on(m_actions.compareWith, &MainWindow::askForComparison);
    on(m_actions.endComparison, [this] { m_bridge.endComparison(); });
    on(m_actions.nextPanel, [this] { m_docks.focusNext(1); });
    on(m_actions.previousPanel, [this] { m_docks.focusNext(-1); });
    on(m_actions.resetLayout, [this] { m_docks.reset(); });
    on(m_actions.explainFocused, &MainWindow::explainFocused);
    on(m_actions.about, &MainWindow::about);
    connect(m_actions.recent, &QMenu::aboutToShow, this, &MainWindow::listRecent);
}

void MainWindow::connectPanels()
{
    connect(m_journal, &JournalPanel::spaceSelected, this, &MainWindow::selectSpace);
    connect(m_journal, &JournalPanel::refineRequested, m_actions.refine, &QAction::trigger);
    connect(m_journal, &JournalPanel::addModelsRequested, m_actions.addModels, &QAction::trigger);
    connect(m_journal, &JournalPanel::exportRequested, m_actions.exportPopulation, &QAction::trigger);
    connect(m_journal, &JournalPanel::paperStepRequested, &m_bridge, &Bridge::takePaperStep);
    connect(m_journal, &JournalPanel::setAsideRequested, this, &MainWindow::setAside);
    connect(m_journal, &JournalPanel::noteTyped, this, &MainWindow::setNote);
    connect(m_space, &SpacePanel::prospectWanted, &m_bridge, &Bridge::askProspect);
    connect(m_space, &SpacePanel::spaceWanted, this, &MainWindow::selectSpace);
    connect(m_space, &SpacePanel::refineWanted, &m_bridge, &Bridge::refine);
    connect(m_network, &NetworkPanel::detailsWanted, &m_bridge, &Bridge::askDetails);
    connect(m_network->layers(), &LayersView::timesWanted, &m_bridge, &Bridge::askLayerTimes);
    connect(m_network->mistakes(), &MistakesView::mistakesWanted, this,
            [this](qint64 model) { m_bridge.askMistakes(ModelId{model}); });
    connect(m_network->editor(), &NetworkEditor::trainWanted, &m_bridge, &Bridge::trainCopy);
    connect(m_queue, &QueuePanel::modelActivated, this,
            [this](qint64 model) { m_selection.setCurrent(ModelId{model}); });
    for (QAction* action : {m_actions.exportNetwork, m_actions.trainNext, m_actions.retry, m_actions.copy})
        m_table->addRowAction(action);
    for (ScatterPanel* panel : {m_depths, m_widths}) {
        connect(panel, &ScatterPanel::parameterChanged, this, &MainWindow::lookAtParameters);
        connect(panel, &ScatterPanel::constraintChosen, m_space, &SpacePanel::suggest);
        connect(panel, &ScatterPanel::exportRequested, this,
                [this, panel] { exportChart("scatter", panel->figureOptions()); });
    }
    connect(m_figures, &FiguresPanel::figureWanted, &m_bridge, &Bridge::askFigure);
    connect(m_figures, &FiguresPanel::exportRequested, this,
            [this] { exportChart(m_figures->figure(), {.selected = m_snapshot->selected}); });
    connect(m_parallel, &ParallelPanel::constraintChosen, m_space, &SpacePanel::suggest);
    connect(m_advice, &AdvicePanel::adviceWanted, &m_bridge, &Bridge::askAdvice);
    connect(m_advice, &AdvicePanel::constraintChosen, m_space, &SpacePanel::suggest);
    connect(m_edf, &EdfPanel::bandsChanged, this, &MainWindow::lookAtParameters);
    connect(m_edf, &EdfPanel::exportRequested, this, [this] { exportChart("edf", m_edf->figureOptions()); });
    connect(m_start, &StartPage::defaultStudyRequested, this, &MainWindow::openDefaultStudy);
    connect(m_start, &StartPage::openRequested, this, &MainWindow::askForStudy);
    connect(m_start, &StartPage::newRequested, m_actions.newStudy, &QAction::trigger);
    connect(m_start, &StartPage::studyChosen, this, &MainWindow::openStudy);
    connect(m_network->learning(), &LearningView::exportRequested, this,
            [this](const Figure& figure) { exportFigure(tr("curve"), [figure] { return figure; }); });
    connect(m_network, &NetworkPanel::exportRequested, m_actions.exportNetwork, &QAction::trigger);
    connect(m_network, &NetworkPanel::retryRequested, m_actions.retry, &QAction::trigger);
}

void MainWindow::connectBridge()
{
    connect(&m_bridge, &Bridge::snapshotReady, this, &MainWindow::take);
    connect(&m_bridge, &Bridge::prospectReady, m_space, &SpacePanel::showProspect);
    connect(&m_bridge, &Bridge::figureReady, m_figures, &FiguresPanel::showFigure);
    connect(&m_bridge, &Bridge::judged, this, [this](const Judgement& judgement) {
        m_journal->showVerdicts(judgement.verdicts);
        takeVerdict(judgement.newest);
    });
    connect(&m_bridge, &Bridge::adviceReady, m_advice, &AdvicePanel::showAdvice);
    connect(&m_bridge, &Bridge::detailsReady, this, &MainWindow::takeDetails);
    connect(&m_bridge, &Bridge::layerTimesReady, m_network->layers(), &LayersView::showTimes);
    connect(&m_bridge, &Bridge::mistakesReady, m_network->mistakes(), &MistakesView::showMistakes);
    connect(&m_bridge, &Bridge::copyAdded, this, &MainWindow::takeCopy);
    connect(&m_bridge, &Bridge::populationImported, this, &MainWindow::takeNewSpace);
    connect(&m_bridge, &Bridge::told, m_messages, &MessageBar::tell);
    connect(&m_bridge, &Bridge::written, this,
            [this](const QString& path) { m_messages->tell(tr("%1 is written.").arg(path)); });
    connect(&m_bridge, &Bridge::reportReady, this, &MainWindow::takeReport);
    connect(&m_bridge, &Bridge::refined, this, &MainWindow::takeRefined);
    connect(&m_bridge, &Bridge::added, this, &MainWindow::takeAdded);
    connect(&m_bridge, &Bridge::trainingStateChanged, this, &MainWindow::takeState);
    connect(&m_bridge, &Bridge::engineEvent, m_worker, &WorkerBar::take);
    connect(&m_bridge, &Bridge::timeLeftReady, m_worker, &WorkerBar::setTimeLeft);
    connect(&m_bridge, &Bridge::settingsChanged, this, [this](const TrainingSettings& settings) {
        m_battery.setEnabled(settings.pauseOnBattery);
        m_worker->setDevice(m_bridge.workersText());
    });
    m_battery.setEnabled(m_bridge.trainingSettings().pauseOnBattery);
    connect(&m_battery, &BatteryPause::pausedChanged, this, [this](bool paused) {
        m_worker->setOnBattery(paused);
        showTitle();
    });
    connect(&m_bridge, &Bridge::problem, this, &MainWindow::takeProblem);
    connect(&m_bridge, &Bridge::closed, this, [this] {
        m_done = true;
        Q_EMIT finished();
    });
}

void MainWindow::openStudy(const QString& path)
{
    m_bridge.open(path.toStdString());
}

void MainWindow::openDefaultStudy()
{
    m_bridge.open(defaultStudyPath().toStdString(), createDefaultStudy);
}

void MainWindow::openLatest()
{
    const QString latest = recentStudies().value(0);
    if (QFileInfo::exists(latest))
        openStudy(latest);
    else
        showStart();
}

void MainWindow::selectSpace(qint64 space)
{
    Look look = m_bridge.look();
    look.selected = SpaceId{space};
    m_bridge.setLook(look);
}

void MainWindow::lookAtParameters()
{
    Look look = m_bridge.look();
    look.parameters = {m_depths->parameter(), m_widths->parameter()};
    look.bands = m_edf->bands();
    m_bridge.setLook(look);
}

void MainWindow::paintEvent(QPaintEvent* event)
{
    QMainWindow::paintEvent(event);
    if (std::exchange(m_painted, true))
        return;
    // Queued: what opens the study must come after this paint, not within it.
    QMetaObject::invokeMethod(this, &MainWindow::firstPainted, Qt::QueuedConnection);
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::ApplicationPaletteChange)
        usePalette();
    if (event->type() == QEvent::PaletteChange)
        takeState(m_bridge.trainingState()); // icons are drawn in the text's colour
    QMainWindow::changeEvent(event);
}

void MainWindow::usePalette()
{
    // Only this one role, so that the others go on following the desktop: styles make it too pale to read.
    QPalette readable;
    readable.setColor(QPalette::PlaceholderText, themeOf(QApplication::palette()).muted);
    setPalette(readable);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_done)
        return event->accept();
    event->ignore();
    if (!isVisible())
        return;
    m_docks.save();
    if (m_snapshot)
        remember({QString::fromStdString(m_depths->parameter()), QString::fromStdString(m_widths->parameter()),
                  m_edf->bands(), static_cast<qint64>(m_snapshot->selected.value_or(SpaceId{}))},
                 QString::fromStdString(m_snapshot->study->path.string()));
    hide();
    m_bridge.close();
}

bool MainWindow::eventFilter(QObject* object, QEvent* event)
{
    // Space trains or pauses, except where it is the key that presses the focused thing.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space &&
        (qobject_cast<QAbstractButton*>(object) || qobject_cast<QComboBox*>(object)))
        event->accept();
    return QMainWindow::eventFilter(object, event);
}

} // namespace spacewright
