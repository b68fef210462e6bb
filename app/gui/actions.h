// The window's actions with their shortcuts, and the menus and the tool bar made of them.
#pragma once
#include <QList>

class QAction;
class QDockWidget;
class QMainWindow;
class QMenu;

namespace spacewright {

struct Actions {
    explicit Actions(QMainWindow*);
    /// Menus and tool bar; the docks go into View.
    void build(QMainWindow*, const QList<QDockWidget*>&);
    /// "Train" or "Pause", as the state has it.
    void setTraining(bool);

    QAction* newStudy;
    QAction* defaultStudy;
    QAction* open;
    QAction* recover;
    QAction* importPopulation;
    QAction* exportPopulation;
    QAction* exportNetwork;
    QAction* exportChart;
    QAction* chartSize;
    QAction* writeReport;
    QAction* printReport;
    QAction* quit;
    QAction* undo; ///< the history names the step
    QAction* redo;
    QAction* copy;
    QAction* filter;
    QAction* refine;
    QAction* addModels;
    QAction* retry;
    QAction* trainNext;
    QAction* train;
    QAction* leaveOutDiverged;
    QAction* compareWith;
    QAction* endComparison;
    QAction* nextPanel;
    QAction* previousPanel;
    QAction* resetLayout;
    QAction* explainFocused;
    QAction* whatsThis;
    QAction* about;
    QMenu* recent = nullptr;
};

} // namespace spacewright
