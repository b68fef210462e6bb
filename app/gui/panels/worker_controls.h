// How training behaves on this machine: workers, share of the CPU, time budget, battery, processes. Takes effect at
// once.
#pragma once
#include "app/gui/training_settings.h"

#include <QWidget>

class QCheckBox;
class QFormLayout;
class QSpinBox;

namespace spacewright {

class WorkerControls : public QWidget {
    Q_OBJECT
public:
    explicit WorkerControls(const TrainingSettings&, QWidget* parent = nullptr);
    TrainingSettings settings() const;
    void setIsolated(); ///< as if a person had ticked it

Q_SIGNALS:
    void changed(const TrainingSettings&);

private:
    QSpinBox* add(QFormLayout*, const QString& label, const char* name, const QString& explanation);
    QSpinBox* m_workers;
    QSpinBox* m_share;
    QSpinBox* m_minutes;
    QCheckBox* m_battery;
    QCheckBox* m_isolated;
};

} // namespace spacewright
