// The queue and the worker.
#include "app/gui/panels/queue_panel.h"

#include "app/gui/panels/cluster_page.h"
#include "app/gui/panels/loss_curves.h"
#include "app/gui/panels/space_order.h"
#include "app/gui/panels/worker_controls.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

namespace spacewright {

QueuePanel::QueuePanel(Bridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_model(new QueueModel(this)), m_shown(new QSortFilterProxyModel(this)),
      m_tabs(new QTabBar(this)), m_pages(new QStackedWidget(this)), m_table(new QTableView(this)),
      m_next(new QPushButton(tr("Train &next"), this)), m_retry(new QPushButton(tr("Re&try"), this)),
      m_spaces(new SpaceOrder(this)), m_cluster(new ClusterPage(bridge, this)),
      m_controls(new WorkerControls(savedTrainingSettings(), this)), m_losses(new LossCurves(this))
{
    m_model->setTheme(themeOf(palette()));
    auto* training = new QWidget;
    auto* column = new QVBoxLayout(training);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_controls);
    column->addWidget(m_losses, 1);
    auto* worker = new QScrollArea; // on a small screen it is higher than the panel
    worker->setWidget(training);
    worker->setWidgetResizable(true);
    worker->setFrameShape(QFrame::NoFrame);
    worker->setFocusPolicy(Qt::NoFocus);
    worker->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const int bar = worker->verticalScrollBar()->sizeHint().width();
    worker->setMinimumWidth(training->minimumSizeHint().width() + bar);
    worker->setMaximumWidth(training->sizeHint().width() + bar);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->setSpacing(10);
    layout->addLayout(makeLists(), 1);
    layout->addWidget(worker);
    connectBridge();
    setFocusProxy(m_table);
    m_bridge.setTraining(m_controls->settings());
    enable();
}

QLayout* QueuePanel::makeLists()
{
    dressTable();
    m_tabs->setObjectName("queueTabs");
    m_tabs->setAccessibleName(tr("What is shown of the queue"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (const QString& name : {tr("Queue"), tr("Problems"), tr("Spaces"), m_cluster->title()})
        m_tabs->addTab(name);
    m_tabs->setTabToolTip(1, tr("Models that diverged, could not be trained or were stopped early, with the reason."));
    m_tabs->setTabToolTip(2,
                          tr("Which space goes first, more models of one, and training until a verdict is decided."));
    m_tabs->setTabToolTip(3, tr("Models that SLURM trains on other machines."));
    m_next->setObjectName("trainNext");
    m_retry->setObjectName("retryProblems");
    m_retry->setToolTip(
        tr("Lets the selected models wait again: failed ones go on from their checkpoints, others start "
           "anew."));
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_spaces);
    m_pages->addWidget(m_cluster);
    auto* top = new QHBoxLayout;
    top->addWidget(m_tabs);
    top->addStretch();
    top->addWidget(m_next);
    top->addWidget(m_retry);
    auto* lists = new QVBoxLayout;
    lists->setSpacing(2);
    lists->addLayout(top);
    lists->addWidget(m_pages);

    connect(m_tabs, &QTabBar::currentChanged, this, &QueuePanel::showTab);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &QueuePanel::enable);
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT modelActivated(index.data(QueueModel::idRole).toLongLong()); });
    connect(m_next, &QPushButton::clicked, this, &QueuePanel::trainNext);
    connect(m_retry, &QPushButton::clicked, this, &QueuePanel::retry);
    return lists;
}

void QueuePanel::dressTable()
{
    m_shown->setSourceModel(m_model);
    m_shown->setFilterRole(QueueModel::problemRole);
    m_shown->setFilterFixedString(QStringLiteral("false"));
    m_table->setObjectName("queue");
    m_table->setAccessibleName(tr("Queue"));
    m_table->setModel(m_shown);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setIconSize(QSize(11, 11));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    int column = 0;
    for (const char* widest : {"0000", "#1000, 00.0 M flops", "AnyNetX_D''mm", "00 min 00 s"})
        m_table->setColumnWidth(column++, fontMetrics().horizontalAdvance(QLatin1String(widest)) + 14);
}

void QueuePanel::showTab(int tab)
{
    m_shown->setFilterFixedString(tab == 1 ? QStringLiteral("true") : QStringLiteral("false"));
    m_pages->setCurrentWidget(tab == 2   ? static_cast<QWidget*>(m_spaces)
                              : tab == 3 ? static_cast<QWidget*>(m_cluster)
                                         : m_table);
    enable();
}

void QueuePanel::connectBridge()
{
    connect(&m_bridge, &Bridge::snapshotReady, this, &QueuePanel::setSnapshot);
    connect(&m_bridge, &Bridge::engineEvent, m_losses, &LossCurves::take);
    connect(&m_bridge, &Bridge::pursuitChanged, m_spaces, &SpaceOrder::showPursuit);
    connect(m_spaces, &SpaceOrder::priorityWanted, &m_bridge,
            [this](qint64 space, int priority) { m_bridge.setPriority(SpaceId{space}, priority); });
    connect(m_spaces, &SpaceOrder::moreWanted, &m_bridge,
            [this](qint64 space, int n) { m_bridge.addModels(SpaceId{space}, n); });
    connect(m_spaces, &SpaceOrder::pursuitWanted, &m_bridge,
            [this](qint64 space, int limit) { m_bridge.pursue(SpaceId{space}, limit); });
    connect(m_spaces, &SpaceOrder::pursuitEnded, &m_bridge, [this] { m_bridge.endPursuit(); });
    connect(m_cluster, &ClusterPage::titleChanged, this, [this] { m_tabs->setTabText(3, m_cluster->title()); });
    connect(m_controls, &WorkerControls::changed, this, [this](const TrainingSettings& settings) {
        save(settings);
        m_bridge.setTraining(settings);
    });
}

void QueuePanel::trainIsolated()
{
    m_controls->setIsolated();
}

void QueuePanel::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    m_readOnly = snapshot->readOnly;
    std::vector<ModelId> kept = selected(QueueModel::waitingRole);
    const std::vector<ModelId> problems = selected(QueueModel::problemRole);
    kept.insert(kept.end(), problems.begin(), problems.end());
    const int scroll = m_table->verticalScrollBar()->value();
    m_model->setSnapshot(snapshot);
    select(kept);
    m_table->verticalScrollBar()->setValue(scroll);
    m_tabs->setTabText(0, tr("Queue (%1)").arg(m_model->open()));
    m_tabs->setTabText(1, tr("Problems (%1)").arg(m_model->problems()));
    m_spaces->setSnapshot(snapshot);
    enable();
}

std::vector<ModelId> QueuePanel::selected(int role) const
{
    std::vector<ModelId> ids;
    for (const QModelIndex& row : m_table->selectionModel()->selectedRows())
        if (row.data(role).toBool())
            ids.push_back(ModelId{row.data(QueueModel::idRole).toLongLong()});
    return ids;
}

void QueuePanel::select(const std::vector<ModelId>& ids)
{
    QItemSelection rows;
    for (int row = 0; row < m_shown->rowCount() && !ids.empty(); ++row) {
        const QModelIndex index = m_shown->index(row, 0);
        if (std::find(ids.begin(), ids.end(), ModelId{index.data(QueueModel::idRole).toLongLong()}) != ids.end())
            rows.select(index, m_shown->index(row, m_shown->columnCount() - 1));
    }
    m_table->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
}

void QueuePanel::enable()
{
    const std::vector<ModelId> waiting = selected(QueueModel::waitingRole);
    const bool back = !waiting.empty() && selected(QueueModel::nextRole).size() == waiting.size();
    m_next->setText(back ? tr("In &turn") : tr("Train &next"));
    m_next->setToolTip(back ? tr("Lets the selected models wait in their place again.")
                            : tr("Trains the selected models before all others. A population of chosen models is not "
                                 "one of its space until the rest is trained too."));
    m_next->setEnabled(!m_readOnly && !waiting.empty());
    m_next->setVisible(m_tabs->currentIndex() == 0);
    m_retry->setEnabled(!m_readOnly && !selected(QueueModel::problemRole).empty());
    m_retry->setVisible(m_tabs->currentIndex() == 1);
}

void QueuePanel::trainNext()
{
    const std::vector<ModelId> waiting = selected(QueueModel::waitingRole);
    m_bridge.setNext(waiting, selected(QueueModel::nextRole).size() != waiting.size());
}

void QueuePanel::retry()
{
    for (const ModelId id : selected(QueueModel::problemRole))
        m_bridge.retry(id);
}

void QueuePanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_model->setTheme(themeOf(palette()));
    QWidget::changeEvent(event);
}

} // namespace spacewright
