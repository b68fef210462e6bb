// The window's actions, menus and tool bar.
#include "app/gui/actions.h"

#include <QAction>
#include <QCoreApplication>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QToolBar>
#include <QToolButton>
#include <QWhatsThis>

namespace spacewright {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Actions", text);
}

QAction* make(QMainWindow* window, const char* text, const QKeySequence& shortcut, const char* tip)
{
    auto* action = new QAction(tr(text), window);
    action->setShortcut(shortcut);
    action->setStatusTip(tr(tip));
    const QString keys = shortcut.isEmpty() ? QString() : " (" + shortcut.toString(QKeySequence::NativeText) + ")";
    action->setToolTip(tr(tip) + keys);
    action->setWhatsThis(tr(tip));
    return action;
}

/// A triangle or two bars in the desktop's text colour, which the style's own icons ignore on dark desktops.
QIcon trainingIcon(bool pause, const QPalette& palette)
{
    QIcon icon;
    for (const auto mode : {QIcon::Normal, QIcon::Disabled}) {
        QPixmap pixmap(32, 32);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(
            palette.color(mode == QIcon::Normal ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText));
        if (pause) {
            painter.drawRect(7, 5, 6, 22);
            painter.drawRect(19, 5, 6, 22);
        } else {
            painter.drawPolygon(QPolygon({QPoint(7, 4), QPoint(27, 16), QPoint(7, 28)}));
        }
        icon.addPixmap(pixmap, mode);
    }
    return icon;
}

} // namespace

Actions::Actions(QMainWindow* window)
    : newStudy(make(window, "&New study...", QKeySequence::New, "Makes a study of a space on a data set.")),
      defaultStudy(make(window, "&Default study", {}, "AnyNetX_A and AnyNetX_D on Fashion-MNIST.")),
      open(make(window, "&Open...", QKeySequence::Open, "Opens a study file.")),
      recover(make(window, "Reco&ver a damaged study...", {},
                   "Saves what is readable of a damaged study, and fills it from its newest sound backup, into a new "
                   "file. The damaged one is left as it is.")),
      importPopulation(
          make(window, "&Import population...", {},
               "Puts models that were trained elsewhere into the study: a pycls sweep, CSV, JSON Lines, an "
               "Optuna study, a file of the nds release.")),
      exportPopulation(
          make(window, "Export p&opulation...", {},
               "Writes the selected space's models with their results, for pycls, Optuna or a spreadsheet.")),
      exportNetwork(make(window, "&Export network...", Qt::CTRL | Qt::Key_E,
                         "Writes the selected network's configuration as pycls YAML or JSON.")),
      exportChart(make(window, "Export &chart...", Qt::CTRL | Qt::SHIFT | Qt::Key_E,
                       "Writes the EDFs, or the chart that has the focus, as SVG, PDF, PNG, or its numbers as CSV.")),
      chartSize(make(window, "Size of exported &charts...", {},
                     "Width, height and letters of the charts that are exported.")),
      writeReport(make(window, "&Write report...", {},
                       "Writes journal, figures and best models as one HTML file, or as Markdown.")),
      printReport(make(window, "&Print report...", QKeySequence::Print,
                       "Prints journal, figures and best models, also into a PDF file.")),
      quit(make(window, "&Quit", QKeySequence::Quit, "Stops training cleanly and ends the program.")),
      undo(make(window, "&Undo", QKeySequence::Undo, "Takes the last step back. Nothing that was trained is deleted.")),
      redo(make(window, "&Redo", Qt::CTRL | Qt::SHIFT | Qt::Key_Z, "Makes the step again that was taken back.")),
      copy(make(window, "&Copy", QKeySequence::Copy,
                "Copies the chart that has the focus, else the selected models or all, as tab-separated text.")),
      filter(make(window, "&Filter models", QKeySequence::Find, "Shows only the models that contain a text.")),
      refine(make(window, "&Refine...", Qt::Key_R, "Narrows the selected space: a child of it is made.")),
      addModels(make(window, "&Add models...", Qt::CTRL | Qt::Key_M, "Draws more models from the selected space.")),
      retry(make(window, "Re&try model", {},
                 "Lets the selected model, which failed, diverged or was stopped, wait again.")),
      trainNext(make(window, "Train &next", Qt::Key_N, "Trains the selected models that wait before all others.")),
      train(make(window, "&Train", Qt::Key_Space, "Trains the models that wait, or pauses within one batch.")),
      leaveOutDiverged(make(window, "&Leave out diverged models", {},
                            "Diverged models count at chance level, or not at all when this is on.")),
      compareWith(make(window, "&Compare with a study...", {},
                       "Shows another study's spaces beside these, in the EDFs and the figures.")),
      endComparison(make(window, "&End the comparison", {}, "Shows this study alone again.")),
      nextPanel(make(window, "Next &panel", Qt::Key_F6, "Moves the focus into the next panel.")),
      previousPanel(make(window, "Pre&vious panel", Qt::SHIFT | Qt::Key_F6, "Moves the focus into the panel before.")),
      resetLayout(make(window, "&Reset layout", {}, "Puts all panels back where they were at first.")),
      explainFocused(make(window, "&Explain", QKeySequence::HelpContents, "Explains the thing that has the focus.")),
      whatsThis(QWhatsThis::createAction(window)),
      about(make(window, "&About Spacewright", {}, "The paper and the program."))
{
    leaveOutDiverged->setCheckable(true);
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
}

void Actions::build(QMainWindow* window, const QList<QDockWidget*>& docks)
{
    const auto menu = [window](const char* title, const QList<QAction*>& actions) {
        QMenu* added = window->menuBar()->addMenu(tr(title));
        added->addActions(actions);
        return added;
    };
    QMenu* file = menu("&File", {newStudy, defaultStudy, open});
    recent = file->addMenu(tr("Open &recent"));
    file->addAction(recover);
    file->addSeparator();
    file->addActions({importPopulation, exportPopulation});
    file->addSeparator();
    file->addActions({exportNetwork, exportChart, chartSize});
    file->addSeparator();
    file->addActions({writeReport, printReport});
    file->addSeparator();
    file->addAction(quit);
    QMenu* edit = menu("&Edit", {undo, redo});
    edit->addSeparator();
    edit->addActions({copy, filter});
    menu("&Space", {refine, addModels});
    menu("&Run", {train, trainNext, retry});
    QMenu* view = menu("&View", {leaveOutDiverged, compareWith, endComparison});
    view->addSeparator();
    for (QDockWidget* dock : docks)
        view->addAction(dock->toggleViewAction());
    view->addSeparator();
    view->addActions({nextPanel, previousPanel, resetLayout});
    menu("&Help", {explainFocused, whatsThis, about});

    setTraining(false);
    QToolBar* bar = window->addToolBar(tr("Tools"));
    bar->setObjectName("tools");
    bar->setMovable(false);
    bar->setIconSize(QSize(14, 14));
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->addActions({undo, redo});
    bar->addSeparator();
    bar->addActions({train, refine, addModels});
    bar->addSeparator();
    bar->addActions({exportNetwork, exportChart});
    QWidget* button = bar->widgetForAction(train);
    button->setMinimumWidth(button->sizeHint().width() + 16); // "Pause" is wider than "Train"
    button->setObjectName("train");
}

void Actions::setTraining(bool training)
{
    train->setText(training ? tr("&Pause") : tr("&Train"));
    train->setIcon(trainingIcon(training, qobject_cast<QWidget*>(train->parent())->palette()));
}

} // namespace spacewright
