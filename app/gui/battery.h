// Whether the computer runs on its battery, and pausing while it does.
#pragma once
#include "app/gui/bridge.h"

#include <filesystem>

namespace spacewright {

/// By the kernel's list of power supplies: a battery discharges and no mains supply is online. False where there is no
/// such list.
bool onBattery(const std::filesystem::path& supplies = "/sys/class/power_supply");

/// Pauses training when the computer goes to battery, and goes on with mains if it was this that paused it.
class BatteryPause : public QObject {
    Q_OBJECT
public:
    using Source = std::function<bool()>;
    BatteryPause(Bridge&, Source, QObject* parent = nullptr);

    void setEnabled(bool);
    /// Asks the source; else that happens every ten seconds.
    void check();

Q_SIGNALS:
    void pausedChanged(bool);

private:
    void setPaused(bool);
    Bridge& m_bridge;
    Source m_source;
    QTimer m_timer;
    bool m_onBattery = false; ///< at the last check
    bool m_paused = false;    ///< by this, not by the person
};

} // namespace spacewright
