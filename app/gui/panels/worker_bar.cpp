// The bottom line.
#include "app/gui/panels/worker_bar.h"

#include "app/gui/terms.h"
#include "core/duration.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <algorithm>

namespace spacewright {

namespace {

/// Wide enough for its longest text, so that nothing moves when numbers change.
QLabel* fixedLabel(const QString& longest, Qt::Alignment alignment, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setMinimumWidth(label->fontMetrics().horizontalAdvance(longest) + 8);
    label->setAlignment(alignment | Qt::AlignVCenter);
    return label;
}

} // namespace

WorkerBar::WorkerBar(QWidget* parent) : QWidget(parent), m_bars(new QHBoxLayout)
{
    m_stateLabel = fixedLabel(tr("waits for the disk"), Qt::AlignLeft, this);
    m_stateLabel->setObjectName("trainingState");
    m_rate = fixedLabel(tr("10,000 images/s"), Qt::AlignRight, this);
    m_left = fixedLabel(tr("1000 left, 10 min 10 s ± 10 min"), Qt::AlignRight, this);
    m_left->setObjectName("timeLeft");
    m_left->setToolTip(
        tr("Predicted from the trainings that are done, with the interval that holds it 95 times of 100."));
    m_device = fixedLabel(tr("cuda:0 x 4"), Qt::AlignRight, this);
    m_device->setObjectName("device");
    m_device->setToolTip(tr("What trains, and how many networks at once."));
    m_counts = fixedLabel(tr("1000 finished, 10 diverged, 10 failed"), Qt::AlignRight, this);
    m_counts->setObjectName("counts");
    m_counts->setToolTip(explain(QStringLiteral("state")));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 2, 8, 2);
    layout->setSpacing(14);
    layout->addWidget(m_stateLabel);
    layout->addLayout(m_bars, 1);
    layout->addWidget(m_rate);
    layout->addWidget(m_left);
    layout->addWidget(m_device);
    layout->addWidget(m_counts);
    setMinimumHeight(fontMetrics().height() + 12);
    m_soon.setSingleShot(true);
    m_soon.setInterval(100);
    connect(&m_soon, &QTimer::timeout, this, &WorkerBar::showNow);
    showNow();
}

void WorkerBar::setState(TrainingState state)
{
    m_state = state;
    if (state == TrainingState::starting)
        m_diskWaits = {};
    if (state != TrainingState::training)
        m_timeLeft.reset();
    showNow();
}

void WorkerBar::setTimeLeft(const std::optional<TimeLeft>& left)
{
    m_timeLeft = left;
    showNow();
}

void WorkerBar::setDevice(const QString& device)
{
    m_device->setText(device);
}

void WorkerBar::setOnBattery(bool on)
{
    m_onBattery = on;
    showNow();
}

void WorkerBar::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    m_snapshot = snapshot;
    showNow();
}

void WorkerBar::take(const Event& event)
{
    const auto forget = [this](int worker) {
        const auto found = m_workers.find(worker);
        if (found == m_workers.end())
            return;
        found->second.bar->deleteLater();
        m_workers.erase(found);
    };
    m_diskWaits.take(event);
    if (const auto* batch = std::get_if<BatchDone>(&event)) {
        Worker& worker = m_workers[batch->worker];
        if (!worker.bar) {
            worker.bar = new QProgressBar(this);
            worker.bar->setMaximumWidth(280);
            worker.bar->setAccessibleName(tr("Progress of worker %1").arg(batch->worker + 1));
            m_bars->addWidget(worker.bar);
        }
        worker.last = *batch;
    } else if (const auto* stopped = std::get_if<WorkerStopped>(&event)) {
        forget(stopped->worker);
    } else if (const auto* ended = std::get_if<HelperEnded>(&event)) {
        forget(ended->worker);
    }
    if (!m_soon.isActive())
        m_soon.start();
}

QString WorkerBar::nameOf(ModelId id) const
{
    if (m_snapshot)
        for (const Population& population : m_snapshot->study->populations)
            for (const Model& model : population.models)
                if (model.id == id)
                    return tr("#%1 of %2")
                        .arg(static_cast<qlonglong>(id))
                        .arg(QString::fromStdString(population.space.space.name));
    return tr("#%1").arg(static_cast<qlonglong>(id));
}

QString WorkerBar::stateText() const
{
    switch (m_state) {
    case TrainingState::starting:
        return tr("starting");
    case TrainingState::training:
        return m_diskWaits.any() ? tr("waits for the disk") : tr("training");
    case TrainingState::paused:
        return m_onBattery ? tr("paused on battery") : tr("paused");
    case TrainingState::stopping:
        return tr("stopping");
    case TrainingState::idle:
        break;
    }
    if (!m_snapshot)
        return tr("no study");
    const Counts counts = m_snapshot->totals();
    if (counts.runningHere() > 0)
        return tr("%1 wait, %2 train elsewhere").arg(counts.waiting).arg(counts.running);
    if (counts.lent > 0)
        return tr("%1 wait, %2 on a cluster").arg(counts.waiting).arg(counts.lent);
    if (counts.waiting > 0)
        return counts.waiting == 1 ? tr("1 model waits") : tr("%1 models wait").arg(counts.waiting);
    return tr("done");
}

void WorkerBar::showNow()
{
    m_stateLabel->setText(stateText());
    double rate = 0;
    for (auto& [number, worker] : m_workers) {
        const BatchDone& last = worker.last;
        const int done = (last.epoch - 1) * last.batches + last.batch;
        const int all = last.epochs * last.batches;
        worker.bar->setMaximum(std::max(1, all));
        worker.bar->setValue(done);
        worker.bar->setFormat(tr("%1, epoch %2 of %3").arg(nameOf(last.id)).arg(last.epoch).arg(last.epochs));
        rate += last.imagesPerSecond;
    }
    const bool running = m_state == TrainingState::training && !m_workers.empty();
    m_rate->setText(running ? tr("%L1 images/s").arg(rate, 0, 'f', 0) : QString());
    if (!m_snapshot) {
        m_left->clear();
        m_counts->clear();
        return;
    }
    const Counts counts = m_snapshot->totals();
    const auto left = counts.waiting + counts.runningHere();
    m_left->setText(!running     ? QString()
                    : m_timeLeft ? tr("%1 left, %2")
                                       .arg(left)
                                       .arg(QString::fromStdString(
                                           durationText(m_timeLeft->seconds, m_timeLeft->low, m_timeLeft->high)))
                                 : tr("%1 left").arg(left));
    m_counts->setText(
        tr("%1 finished, %2 diverged, %3 failed").arg(counts.finished).arg(counts.diverged).arg(counts.failed));
}

} // namespace spacewright
