// The bottom line: what trains now, how fast, how much is left.
#pragma once
#include "app/gui/bridge.h"
#include "gpu/disk_waits.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QProgressBar;

namespace spacewright {

class WorkerBar : public QWidget {
    Q_OBJECT
public:
    explicit WorkerBar(QWidget* parent = nullptr);

    void setState(TrainingState);
    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    void take(const Event&);
    void setTimeLeft(const std::optional<TimeLeft>&);
    /// Where the workers are: "cpu x 2"; empty when there are none.
    void setDevice(const QString&);
    void setOnBattery(bool);
    /// For the window's title: "training", "paused", "12 models wait".
    QString stateText() const;

private:
    struct Worker {
        BatchDone last;
        QProgressBar* bar = nullptr;
    };
    void showNow();
    QString nameOf(ModelId) const;

    TrainingState m_state = TrainingState::idle;
    bool m_onBattery = false; ///< which is why it is paused
    DiskWaits m_diskWaits;
    std::optional<TimeLeft> m_timeLeft;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::map<int, Worker> m_workers; ///< those that train a model
    QTimer m_soon;
    QLabel* m_stateLabel;
    QHBoxLayout* m_bars;
    QLabel* m_rate;
    QLabel* m_left;
    QLabel* m_device;
    QLabel* m_counts;
};

} // namespace spacewright
