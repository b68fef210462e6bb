// The orders that the engine of isolated workers takes.
#include "gpu/isolated/supervisor.h"
#include <algorithm>
#include <unistd.h>

namespace spacewright {

namespace {

int cores()
{
    return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

} // namespace

Supervisor::Supervisor(const EngineOptions& options, std::function<void(const Event&)> onEvent,
                       Clock::duration longestSilence)
    : m_options(options), m_onEvent(std::move(onEvent)), m_crashes(options.study), m_longestSilence(longestSilence),
      m_lives(longestSilence), m_left(options.models)
{
    m_wanted.orders.share = options.share;
    m_wanted.workers = std::max(1, options.workers); // the first helper may claim before its devices are known
    setSecondsLeft(options.seconds);
    m_helpers[0];
    m_watcher = std::thread([this] { watch(); });
    try {
        m_device = m_ready.get_future().get(); // the first helper knows
    } catch (...) {
        m_watcher.join();
        close(m_wake);
        throw;
    }
    setWorkers(options.workers);
}

Supervisor::~Supervisor()
{
    requestStop();
    m_watcher.join();
    close(m_wake);
}

void Supervisor::setWorkers(int n)
{
    const int devices = 1 + static_cast<int>(std::ranges::count(m_device, ','));
    change([&](Wanted& wanted) {
        wanted.workers = n > 0 ? n : m_device == "cpu" ? cores() : devices;
        ++wanted.asked;
    });
}

void Supervisor::setSecondsLeft(std::optional<double> seconds)
{
    change([&](Wanted& wanted) {
        wanted.orders.deadline.reset();
        if (seconds)
            wanted.orders.deadline =
                Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(*seconds));
    });
}

std::optional<double> Supervisor::secondsLeft(const Orders& orders)
{
    return orders.deadline ? std::optional(std::chrono::duration<double>(*orders.deadline - Clock::now()).count())
                           : std::nullopt;
}

Orders Supervisor::ordersFor(int worker, const Wanted& wanted)
{
    Orders orders = wanted.orders;
    orders.stopped = orders.stopped || worker >= wanted.workers;
    orders.otherWorkers = std::max(0, wanted.workers - 1);
    return orders;
}

std::unique_ptr<Engine> startEngine(const EngineOptions& options, std::function<void(const Event&)> onEvent)
{
    if (options.isolated)
        return std::make_unique<Supervisor>(options, std::move(onEvent));
    return training().start(options, std::move(onEvent));
}

} // namespace spacewright
