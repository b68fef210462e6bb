// What of the study is trained on a cluster.
#include "app/gui/panels/cluster_page.h"

#include "app/gui/cluster_dialog.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

namespace spacewright {

namespace {

QString queueText(const BundleState& state)
{
    if (!state.submitted)
        return ClusterPage::tr("not submitted");
    if (!state.queue.problem.empty())
        return ClusterPage::tr("SLURM does not answer");
    if (state.queue.isEmpty())
        return state.needsResume() ? ClusterPage::tr("ended early") : ClusterPage::tr("ended");
    const QString counts = ClusterPage::tr("%L1 run, %L2 wait").arg(state.queue.running).arg(state.queue.pending);
    const std::string reason = state.queue.waitsFor();
    return reason.empty() ? counts : ClusterPage::tr("%1 (%2)").arg(counts, QString::fromStdString(reason));
}

QString wordsOf(const ClusterJob& job)
{
    QStringList words;
    const auto add = [&words](const std::string& text) { words << QString::fromStdString(text); };
    if (!job.problem.empty())
        add(job.problem);
    if (job.state.needsResume())
        words << ClusterPage::tr("None of its elements is left in SLURM's queue, but models are: Resume goes on.");
    if (!job.state.queue.problem.empty())
        add(job.state.queue.problem);
    if (job.state.neverBegan())
        words << ClusterPage::tr(
                     "SLURM has no job of it: Resume submits it, if need be after %1 was mended; Take back lets "
                     "its models wait here again.")
                     .arg(QString::fromStdString((job.bundle / "job.sbatch").string()));
    for (const std::string& text : job.state.problems)
        add(text);
    for (const std::string& text : job.collected.differing)
        add(text);
    if (job.collected.damaged > 0)
        words << ClusterPage::tr("%n line(s) of its journals cannot be read and are left out.", nullptr,
                                 static_cast<int>(job.collected.damaged));
    return words.join('\n');
}

} // namespace

ClusterPage::ClusterPage(Bridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_list(new QTreeWidget(this)), m_words(new QLabel(this)),
      m_submit(new QPushButton(tr("Run &on a cluster..."), this)), m_resume(new QPushButton(tr("Resu&me"), this)),
      m_takeBack(new QPushButton(tr("Take &back"), this))
{
    m_list->setObjectName("clusterJobs");
    m_list->setAccessibleName(tr("Jobs on a cluster"));
    m_list->setRootIsDecorated(false);
    m_list->setMinimumHeight(3 * fontMetrics().lineSpacing()); // on a small screen
    m_list->setHeaderLabels({tr("bundle"), tr("trained"), tr("in SLURM's queue")});
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_words->setObjectName("clusterWords");
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_submit->setObjectName("runOnCluster");
    m_submit->setToolTip(tr("Gives models that wait to SLURM; the others go on here."));
    m_resume->setObjectName("resumeCluster");
    m_resume->setToolTip(tr("Submits what is left of the selected bundle again."));
    m_takeBack->setObjectName("takeBack");
    m_takeBack->setToolTip(tr("Cancels the selected bundle's jobs; what they have not trained waits here again."));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(4);
    grid->addWidget(m_list, 0, 0, 1, 4);
    grid->addWidget(m_words, 1, 0, 1, 4);
    grid->addWidget(m_submit, 2, 0);
    grid->addWidget(m_resume, 2, 1);
    grid->addWidget(m_takeBack, 2, 2);
    grid->setColumnStretch(3, 1);
    grid->setRowStretch(0, 1);

    connect(&m_bridge, &Bridge::snapshotReady, this, &ClusterPage::setSnapshot);
    connect(&m_bridge, &Bridge::clusterLookedAt, this, &ClusterPage::showJobs);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &ClusterPage::showJob);
    connect(m_submit, &QPushButton::clicked, this, [this] {
        auto* dialog = new ClusterDialog(m_study, m_waiting, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this,
                [this, dialog] { m_bridge.submitToCluster(dialog->request(), dialog->host()); });
        dialog->open();
    });
    connect(m_resume, &QPushButton::clicked, this, [this] { m_bridge.resumeOnCluster(selected()->bundle); });
    connect(m_takeBack, &QPushButton::clicked, this, [this] { m_bridge.takeBackFromCluster(selected()->bundle); });
    showJob();
}

QString ClusterPage::title() const
{
    std::int64_t models = 0;
    for (const ClusterJob& job : m_jobs)
        models += job.state.open;
    return models > 0 ? tr("Cluster (%L1)").arg(models) : tr("Cluster");
}

void ClusterPage::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    m_readOnly = snapshot->readOnly;
    m_study = snapshot->study->path;
    m_waiting = snapshot->totals().waiting;
    enable();
}

void ClusterPage::showJobs(const ClusterJobs& jobs)
{
    const int current = std::max(0, m_list->indexOfTopLevelItem(m_list->currentItem()));
    m_jobs = jobs;
    while (m_list->topLevelItemCount() > static_cast<int>(jobs.size()))
        delete m_list->takeTopLevelItem(m_list->topLevelItemCount() - 1);
    for (int row = 0; row < static_cast<int>(jobs.size()); ++row) {
        const ClusterJob& job = jobs[static_cast<std::size_t>(row)];
        if (row == m_list->topLevelItemCount())
            m_list->addTopLevelItem(new QTreeWidgetItem);
        QTreeWidgetItem* item = m_list->topLevelItem(row);
        item->setText(0, QString::fromStdString(job.bundle.filename().string()));
        item->setToolTip(0, QString::fromStdString(job.bundle.string()));
        item->setText(1, tr("%L1 of %L2").arg(job.state.results).arg(job.state.models));
        item->setText(2, queueText(job.state));
    }
    if (!m_list->currentItem())
        m_list->setCurrentItem(m_list->topLevelItem(std::min(current, m_list->topLevelItemCount() - 1)));
    showJob();
    Q_EMIT titleChanged();
}

const ClusterJob* ClusterPage::selected() const
{
    const QList<QTreeWidgetItem*> items = m_list->selectedItems(); // the current one may not be seen
    const int row = items.isEmpty() ? -1 : m_list->indexOfTopLevelItem(items.first());
    return row >= 0 && row < static_cast<int>(m_jobs.size()) ? &m_jobs[static_cast<std::size_t>(row)] : nullptr;
}

void ClusterPage::showJob()
{
    const ClusterJob* job = selected();
    m_words->setText(job ? wordsOf(*job) : m_jobs.empty() ? tr("Nothing of this study is on a cluster.") : QString());
    m_words->setVisible(!m_words->text().isEmpty());
    enable();
}

void ClusterPage::enable()
{
    const ClusterJob* job = selected();
    m_submit->setEnabled(!m_readOnly && m_waiting > 0);
    m_resume->setEnabled(!m_readOnly && job && (!job->state.submitted || job->state.needsResume()));
    m_takeBack->setEnabled(!m_readOnly && job);
}

} // namespace spacewright
