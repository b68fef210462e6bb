// How training behaves on this machine.
#include "app/gui/panels/worker_controls.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QSpinBox>

namespace spacewright {

WorkerControls::WorkerControls(const TrainingSettings& settings, QWidget* parent) : QWidget(parent)
{
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(3);
    m_workers = add(form, tr("&Workers"), "workers",
                    tr("Networks trained at once. Automatic: one for each core, or one for each GPU. A worker that is "
                       "taken away gives its model back with what it has learned."));
    m_workers->setRange(0, 256);
    m_workers->setSpecialValueText(tr("automatic"));
    m_workers->setValue(settings.workers);
    m_share = add(form, tr("&CPU share"), "share",
                  tr("How much of the time each worker computes: after every batch it rests as long as that takes."));
    m_share->setRange(10, 100);
    m_share->setSingleStep(10);
    m_share->setSuffix(tr(" %"));
    m_share->setValue(settings.share);
    m_minutes = add(form, tr("&Time budget"), "minutes",
                    tr("Training ends after so many minutes, counted from when it begins. What is not done by then is "
                       "kept and goes on later; what would not be done in time is not started."));
    m_minutes->setRange(0, 100'000);
    m_minutes->setSpecialValueText(tr("none"));
    m_minutes->setSuffix(tr(" min"));
    m_minutes->setValue(settings.minutes);
    m_battery = new QCheckBox(tr("Pause on &battery"), this);
    m_battery->setObjectName("battery");
    m_battery->setToolTip(tr("Training pauses while the computer runs on its battery and goes on with mains."));
    m_battery->setChecked(settings.pauseOnBattery);
    form->addRow(m_battery);
    m_isolated = new QCheckBox(tr("Train in separate &processes"), this);
    m_isolated->setObjectName("isolated");
    m_isolated->setToolTip(
        tr("Each worker is a process of its own: a crash in training, or too little memory, ends that process alone. "
           "It is started again, and its model goes on from its checkpoint. Each holds the data set in memory."));
    m_isolated->setChecked(settings.isolated);
    form->addRow(m_isolated);

    const auto tell = [this] { Q_EMIT changed(this->settings()); };
    for (QSpinBox* box : {m_workers, m_share, m_minutes})
        connect(box, &QSpinBox::valueChanged, this, tell);
    for (const QCheckBox* box : {m_battery, m_isolated})
        connect(box, &QCheckBox::toggled, this, tell);
}

QSpinBox* WorkerControls::add(QFormLayout* form, const QString& label, const char* name, const QString& explanation)
{
    auto* box = new QSpinBox(this);
    box->setObjectName(name);
    box->setToolTip(explanation);
    box->setAccessibleDescription(explanation);
    box->setKeyboardTracking(false); // a number that is being typed is not yet meant
    form->addRow(label, box);
    return box;
}

TrainingSettings WorkerControls::settings() const
{
    return {m_workers->value(), m_share->value(), m_minutes->value(), m_battery->isChecked(), m_isolated->isChecked()};
}

void WorkerControls::setIsolated()
{
    m_isolated->setChecked(true);
}

} // namespace spacewright
