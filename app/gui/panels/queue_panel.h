// The queue and the worker: what trains in which order, what went wrong, and how training behaves.
#pragma once
#include "app/gui/bridge.h"
#include "app/gui/models/queue_model.h"

#include <QWidget>

class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace spacewright {

class ClusterPage;
class LossCurves;
class SpaceOrder;
class WorkerControls;

class QueuePanel : public QWidget {
    Q_OBJECT
public:
    explicit QueuePanel(Bridge&, QWidget* parent = nullptr);
    void trainIsolated(); ///< in separate processes, from now on

Q_SIGNALS:
    void modelActivated(qint64 model); ///< by double click or Return

protected:
    void changeEvent(QEvent*) override;

private:
    QLayout* makeLists();
    void dressTable();
    void showTab(int);
    void connectBridge();
    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    void enable();
    void trainNext();
    void retry();
    std::vector<ModelId> selected(int role) const; ///< the selected rows for which the role is true
    void select(const std::vector<ModelId>&);

    Bridge& m_bridge;
    bool m_readOnly = true;
    QueueModel* m_model;
    QSortFilterProxyModel* m_shown;
    QTabBar* m_tabs; ///< queue, problems, spaces, cluster
    QStackedWidget* m_pages;
    QTableView* m_table;
    QPushButton *m_next, *m_retry;
    SpaceOrder* m_spaces;
    ClusterPage* m_cluster;
    WorkerControls* m_controls;
    LossCurves* m_losses;
};

} // namespace spacewright
