// What the supervisor's thread does: starts helpers, hears them, buries them.
#include "core/error.h"
#include "gpu/isolated/supervisor.h"
#include <algorithm>
#include <poll.h>
#include <sstream>

namespace spacewright {

namespace {

constexpr std::chrono::seconds longestDelay{60};

} // namespace

void Supervisor::watch()
{
    for (;;) {
        const Wanted wanted = this->wanted();
        attendAll(wanted);
        if (m_helpers.empty())
            return;
        waitForSomething(wanted);
        for (auto& [worker, helper] : m_helpers)
            if (helper.process)
                listen(worker);
        endThoseThatHang();
    }
}

void Supervisor::attendAll(const Wanted& wanted)
{
    if (std::exchange(m_asked, wanted.asked) != wanted.asked && !wanted.orders.stopped)
        for (int worker = 0; worker < wanted.workers; ++worker)
            m_helpers[worker];
    std::vector<int> workers;
    for (const auto& [worker, helper] : m_helpers)
        workers.push_back(worker);
    for (const int worker : workers)
        attend(worker, wanted);
}

void Supervisor::attend(int worker, const Wanted& wanted)
{
    Helper& helper = m_helpers.at(worker);
    const Orders orders = ordersFor(worker, wanted);
    if (helper.process) {
        if (!helper.told.stopped && orders != helper.told) { // there is no way back from a stop
            helper.process->tell(orders);
            helper.told = orders;
        }
    } else if (helper.over || !goesOn(worker, wanted)) {
        leave(worker);
    } else if (!orders.paused && Clock::now() >= helper.startAt) {
        start(worker, wanted);
    }
}

bool Supervisor::goesOn(int worker, const Wanted& wanted) const
{
    const auto left = secondsLeft(wanted.orders);
    return !wanted.orders.stopped && worker < wanted.workers && !(left && *left <= 0) &&
           (m_options.models == 0 || m_left > 0);
}

void Supervisor::start(int worker, const Wanted& wanted)
{
    Helper& helper = m_helpers.at(worker);
    EngineOptions options = m_options;
    const Orders orders = ordersFor(worker, wanted);
    options.share = orders.share;
    options.otherWorkers = orders.otherWorkers;
    options.seconds = secondsLeft(orders);
    if (!m_devices.empty())
        options.device = m_devices[static_cast<std::size_t>(worker) % m_devices.size()];
    if (options.models > 0) {
        // A part at a time, so that all together bring no more; how many they are is not known yet.
        const std::int64_t parts = m_options.workers > 0 ? m_options.workers : std::thread::hardware_concurrency();
        options.models = std::min(m_left, options.models / std::max<std::int64_t>(parts, 1) + 1);
    }
    try {
        helper.process = std::make_unique<HelperProcess>(options);
    } catch (const Error& problem) {
        return crashed(worker, problem.what());
    }
    helper.told = orders;
    helper.granted = options.models;
    helper.results = 0;
    helper.hung = false;
    helper.lastWords.reset();
    m_left -= options.models;
}

void Supervisor::waitForSomething(const Wanted& wanted)
{
    std::vector<pollfd> ends{{m_wake, POLLIN, 0}};
    auto end = Clock::time_point::max();
    for (const auto& [worker, helper] : m_helpers)
        if (helper.process) {
            ends.push_back({helper.process->output(), POLLIN, 0});
            end = std::min(end, Clock::now() + m_lives.longestLook());
        } else if (!wanted.orders.paused) {
            end = std::min({end, helper.startAt, wanted.orders.deadline.value_or(end)});
        }
    int milliseconds = -1;
    if (end != Clock::time_point::max())
        milliseconds = static_cast<int>(
            std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count()));
    poll(ends.data(), ends.size(), milliseconds);
    eventfd_t ignored = 0;
    eventfd_read(m_wake, &ignored);
}

void Supervisor::listen(int worker)
{
    Helper& helper = m_helpers.at(worker);
    std::vector<std::string> lines;
    const bool more = helper.process->read(lines);
    helper.signsOfLife += static_cast<std::int64_t>(lines.size());
    for (const std::string& line : lines) {
        std::variant<Ready, Alive, Event> words;
        try {
            words = wordsFrom(line);
        } catch (const std::exception&) { // who is about to crash may say anything
            continue;
        }
        if (auto* event = std::get_if<Event>(&words)) {
            hear(worker, std::move(*event));
        } else if (const auto* ready = std::get_if<Ready>(&words); ready && m_devices.empty()) {
            std::istringstream names(ready->devices);
            for (std::string name; std::getline(names >> std::ws, name, ',');)
                m_devices.push_back(name);
            m_ready.set_value(ready->devices);
        }
    }
    if (!more)
        bury(worker);
}

void Supervisor::hear(int worker, Event event)
{
    Helper& helper = m_helpers.at(worker);
    std::visit([worker](auto& e) { e.worker = worker; }, event); // each helper has only one, 0
    if (const auto* stopped = std::get_if<WorkerStopped>(&event)) {
        helper.lastWords = stopped->problem; // said when it is gone
        return;
    }
    if (const auto* started = std::get_if<ModelStarted>(&event))
        helper.model = started->id;
    if (const auto* done = std::get_if<ModelDone>(&event)) {
        helper.model.reset();
        helper.delay = Helper().delay;
        helper.results += done->state != ModelState::waiting;
    }
    m_onEvent(event);
}

/// Their ends are then heard as any others. In suspend the clock stands still, and what this process itself overslept
/// does not count (LeaseWatch).
void Supervisor::endThoseThatHang()
{
    std::map<std::string, std::int64_t> signs;
    for (const auto& [worker, helper] : m_helpers)
        if (helper.process)
            signs[std::to_string(worker)] = helper.signsOfLife;
    for (const std::string& worker : m_lives.expired(signs, Clock::now())) {
        Helper& helper = m_helpers.at(std::stoi(worker));
        helper.hung = true;
        helper.process->kill();
    }
}

std::string Supervisor::endOf(Helper& helper) const
{
    const int status = helper.process->wait();
    helper.process.reset();
    if (!helper.hung)
        return endText(status);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(m_longestSilence).count();
    return "gave no sign of life for " + std::to_string(seconds) + " seconds and was killed";
}

void Supervisor::bury(int worker)
{
    Helper& helper = m_helpers.at(worker);
    const std::string end = endOf(helper);
    m_left += helper.granted - helper.results;
    if (!helper.lastWords)
        return crashed(worker, end);
    const bool hasDoneItsPart = helper.granted > 0 && helper.results == helper.granted;
    helper.problem = *helper.lastWords;
    helper.over = !helper.problem.empty() || !(hasDoneItsPart || helper.told.stopped);
}

void Supervisor::crashed(int worker, const std::string& what)
{
    Helper& helper = m_helpers.at(worker);
    if (m_devices.empty()) {
        helper.problem = "The first helper process " + what + " before it could begin. Train without helper processes.";
        helper.over = true;
        return;
    }
    const std::optional<ModelId> id = helper.model;
    std::string sentence = "The helper process " + what + settle(worker, what) + ".";
    if (goesOn(worker, wanted())) {
        helper.startAt = Clock::now() + helper.delay;
        sentence += " Another one starts in " +
                    std::to_string(std::chrono::ceil<std::chrono::seconds>(helper.delay).count()) + " s.";
        helper.delay = std::min<Clock::duration>(2 * helper.delay, longestDelay);
    }
    m_onEvent(HelperEnded{worker, id, sentence});
}

/// What became of its model, in words that go on with the sentence.
std::string Supervisor::settle(int worker, const std::string& what)
{
    const std::optional<ModelId> id = std::exchange(m_helpers.at(worker).model, std::nullopt);
    const std::optional<Model> model =
        m_crashes.settle(id, "the helper process " + what + ", the third one that ended while it trained this model");
    if (!id)
        return "";
    const bool hasResult = model && model->state != ModelState::waiting && model->state != ModelState::running;
    const ModelState state = hasResult ? model->state : ModelState::waiting; // it runs where another worker has it now
    m_left -= m_options.models > 0 && hasResult;
    m_onEvent(ModelDone{worker, *id, state, hasResult ? model->error : std::nullopt, hasResult ? model->reason : ""});
    const std::string name = "model " + std::to_string(static_cast<std::int64_t>(*id));
    if (state == ModelState::failed)
        return " while it trained " + name + ", as two before it: the model has failed";
    return hasResult ? " after it had trained " + name
                     : " while it trained " + name + ", which goes on from its checkpoint";
}

void Supervisor::leave(int worker)
{
    const std::string problem = m_helpers.at(worker).problem;
    m_helpers.erase(worker);
    if (m_devices.empty()) // nobody has this engine yet
        m_ready.set_exception(std::make_exception_ptr(Error(problem)));
    else
        m_onEvent(WorkerStopped{worker, problem, m_helpers.empty()});
}

} // namespace spacewright
