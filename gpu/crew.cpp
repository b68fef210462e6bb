// The lock that workers meet at.
#include "gpu/crew.h"
#include <limits>

namespace spacewright {

namespace {

std::shared_ptr<const DataSet> prepare(const EngineOptions& options, const std::vector<std::string>& devices)
{
    const Study study(options.study, Study::Access::readOnly);
    const Recipe& recipe = study.recipe();
    for (const std::string& device : devices)
        checkPrecision({.name = device, .reference = options.reference, .precision = recipe.precision});
    return std::make_shared<DataSet>(
        loadDataSet(recipe.data, recipe.trainingImages, recipe.validationImages, recipe.splitSeed));
}

} // namespace

Crew::Crew(EngineOptions options, Equipment equipment, std::function<void(const Event&)> onEvent)
    : m_options(std::move(options)), m_equipment(std::move(equipment)), m_onEvent(std::move(onEvent)),
      m_data(std::async(std::launch::deferred, prepare, m_options, m_equipment.devices).share()),
      m_otherWorkers(m_options.otherWorkers), m_share(m_options.share)
{
    for (const std::string& device : m_equipment.devices)
        m_rooms.emplace_back(m_equipment.openMemory(device));
    setSecondsLeft(m_options.seconds);
}

void Crew::pause(bool paused)
{
    const std::lock_guard lock(m_mutex);
    m_paused = paused;
    m_changed.notify_all();
}

bool Crew::paused() const
{
    const std::lock_guard lock(m_mutex);
    return m_paused;
}

void Crew::stop()
{
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    m_changed.notify_all();
}

std::vector<int> Crew::setWorkers(int n)
{
    const std::lock_guard lock(m_mutex);
    m_workers = n;
    std::vector<int> missing;
    for (int worker = 0; worker < n; ++worker)
        if (m_present.insert(worker).second)
            missing.push_back(worker);
    m_changed.notify_all();
    return missing;
}

int Crew::workers() const
{
    const std::lock_guard lock(m_mutex);
    return m_workers;
}

void Crew::setOtherWorkers(int n)
{
    const std::lock_guard lock(m_mutex);
    m_otherWorkers = n;
}

int Crew::allWorkers() const
{
    const std::lock_guard lock(m_mutex);
    return m_workers + m_otherWorkers;
}

void Crew::setShare(double share)
{
    const std::lock_guard lock(m_mutex);
    m_share = share;
    m_changed.notify_all();
}

double Crew::share() const
{
    const std::lock_guard lock(m_mutex);
    return m_share;
}

void Crew::setSecondsLeft(std::optional<double> seconds)
{
    const std::lock_guard lock(m_mutex);
    m_deadline.reset();
    if (seconds)
        m_deadline =
            Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(*seconds));
    m_changed.notify_all();
}

std::optional<double> Crew::secondsLeft() const
{
    const std::lock_guard lock(m_mutex);
    return m_deadline ? std::optional(std::chrono::duration<double>(*m_deadline - Clock::now()).count()) : std::nullopt;
}

bool Crew::wants(int worker) const
{
    return !m_stopped && worker < m_workers && !(m_deadline && Clock::now() >= *m_deadline);
}

/// As long as the share of the time that the worker may compute demands: a batch at half the time is followed by a
/// rest as long as the batch.
void Crew::rest(std::unique_lock<std::mutex>& lock, int worker)
{
    const auto began = m_busySince.find(worker);
    if (began == m_busySince.end() || m_share >= 1)
        return;
    const auto now = Clock::now();
    const auto end = now + std::chrono::duration_cast<Clock::duration>((now - began->second) * (1 / m_share - 1));
    m_changed.wait_until(lock, end, [&] { return !wants(worker) || m_paused || m_share >= 1; });
}

bool Crew::goOn(int worker)
{
    std::unique_lock lock(m_mutex);
    rest(lock, worker);
    waitUntil(lock, [&] { return !m_paused || !wants(worker); });
    m_busySince[worker] = Clock::now();
    return goesOn(worker);
}

bool Crew::goesOn(int worker)
{
    if (worker >= m_workers)
        m_surplus.insert(worker);
    return wants(worker);
}

void Crew::waitUntil(std::unique_lock<std::mutex>& lock, const std::function<bool()>& ready)
{
    while (!ready())
        m_deadline ? void(m_changed.wait_until(lock, *m_deadline)) : m_changed.wait(lock);
}

bool Crew::takeRoom(int worker, std::int64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    const bool taken = room(worker).enter(worker, bytes);
    if (!taken)
        m_refused[worker] = room(worker).departures();
    return taken;
}

void Crew::leaveRoom(int worker)
{
    const std::lock_guard lock(m_mutex);
    room(worker).leave(worker);
    m_changed.notify_all();
}

bool Crew::waitForRoom(int worker)
{
    std::unique_lock lock(m_mutex);
    const DeviceRoom& here = room(worker);
    const auto ready = [&] { return !m_paused && (here.departures() != m_refused[worker] || here.trainings() == 0); };
    waitUntil(lock, [&] { return ready() || !wants(worker); });
    m_busySince[worker] = Clock::now();
    return goesOn(worker);
}

bool Crew::pauseBeforeRetry(int worker)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, m_equipment.retryInterval, [&] { return !wants(worker); });
    waitUntil(lock, [&] { return !m_paused || !wants(worker); });
    m_busySince[worker] = Clock::now();
    return goesOn(worker);
}

bool Crew::leaveFullRoom(int worker)
{
    const std::lock_guard lock(m_mutex);
    const bool shared = room(worker).leaveFull(worker);
    m_refused[worker] = room(worker).departures();
    m_changed.notify_all();
    return shared;
}

std::int64_t Crew::claimsLeft()
{
    return m_options.models == 0 ? std::numeric_limits<std::int64_t>::max() : m_options.models - m_claims++;
}

bool Crew::leave(int worker, const std::string& problem)
{
    const std::lock_guard leaving(m_leaving);
    bool last = false;
    {
        const std::lock_guard lock(m_mutex);
        m_busySince.erase(worker);
        if (m_surplus.erase(worker) > 0 && problem.empty() && wants(worker))
            return false;
        m_present.erase(worker);
        last = m_present.empty();
    }
    m_onEvent(WorkerStopped{worker, problem, last});
    return true;
}

} // namespace spacewright
