// Whether the computer runs on its battery.
#include "app/gui/battery.h"

#include <fstream>
#include <string>

namespace spacewright {

namespace {

std::string wordIn(const std::filesystem::path& file)
{
    std::ifstream stream(file);
    std::string word;
    stream >> word;
    return word;
}

} // namespace

bool onBattery(const std::filesystem::path& supplies)
{
    bool discharging = false;
    std::error_code none;
    for (const auto& supply : std::filesystem::directory_iterator(supplies, none)) {
        const std::string type = wordIn(supply.path() / "type");
        if (type != "Battery" && wordIn(supply.path() / "online") == "1")
            return false;
        // A mouse's battery is one of a device, not of the computer.
        discharging = discharging || (type == "Battery" && wordIn(supply.path() / "scope") != "Device" &&
                                      wordIn(supply.path() / "status") == "Discharging");
    }
    return discharging;
}

BatteryPause::BatteryPause(Bridge& bridge, Source source, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_source(std::move(source))
{
    m_timer.setInterval(10'000);
    connect(&m_timer, &QTimer::timeout, this, &BatteryPause::check);
    // Who presses Train on battery means it.
    connect(&m_bridge, &Bridge::trainingStateChanged, this, [this](TrainingState state) {
        if (state != TrainingState::paused)
            setPaused(false);
    });
}

void BatteryPause::setEnabled(bool on)
{
    if (on == m_timer.isActive())
        return;
    if (on) {
        m_timer.start();
        check();
    } else {
        m_timer.stop();
        m_onBattery = false;
        if (m_paused)
            m_bridge.train();
    }
}

void BatteryPause::check()
{
    const bool battery = m_source();
    if (battery == m_onBattery)
        return;
    m_onBattery = battery;
    if (battery && m_bridge.trainingState() == TrainingState::training) {
        m_bridge.pause();
        setPaused(true);
    } else if (!battery && m_paused) {
        m_bridge.train();
    }
}

void BatteryPause::setPaused(bool paused)
{
    if (paused == m_paused)
        return;
    m_paused = paused;
    Q_EMIT pausedChanged(paused);
}

} // namespace spacewright
