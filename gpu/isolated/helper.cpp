// The helper's input and output.
#include "gpu/isolated/helper.h"
#include "gpu/isolated/wire.h"
#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <iostream>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <thread>
#include <unistd.h>

namespace spacewright {

namespace {

/// Standard output, which nothing else in this process writes to any more.
class Mouth {
public:
    Mouth() : m_output(dup(STDOUT_FILENO)) { dup2(STDERR_FILENO, STDOUT_FILENO); }
    ~Mouth() { close(m_output); }
    Mouth(const Mouth&) = delete;
    Mouth& operator=(const Mouth&) = delete;

    /// From any thread. Where nobody listens any more, the end of the input says so too.
    void say(const std::string& line)
    {
        const std::lock_guard lock(m_mutex);
        for (std::string_view rest = line; !rest.empty();) {
            const ssize_t written = write(m_output, rest.data(), rest.size());
            if (written < 0 && errno != EINTR)
                return;
            rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
        }
    }

private:
    std::mutex m_mutex;
    const int m_output;
};

/// Beats as long as this process can do anything at all: also while it is paused, waits for its disk or is deep in a
/// batch.
class Heart {
public:
    explicit Heart(Mouth& mouth) : m_thread([this, &mouth](const std::stop_token& stop) { beat(mouth, stop); }) {}

private:
    void beat(Mouth& mouth, const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        do {
            mouth.say(toLine(Alive{}));
            m_never.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
        } while (!stop.stop_requested());
    }

    std::mutex m_mutex;
    std::condition_variable_any m_never; ///< wakes when it is to stop
    std::jthread m_thread;               ///< last: it uses all above
};

void follow(Engine& engine, const Orders& orders)
{
    if (orders.stopped)
        engine.requestStop();
    engine.setShare(orders.share);
    engine.setOtherWorkers(orders.otherWorkers);
    const auto left = [&] { return *orders.deadline - std::chrono::steady_clock::now(); };
    engine.setSecondsLeft(orders.deadline ? std::optional(std::chrono::duration<double>(left()).count())
                                          : std::nullopt);
    orders.paused ? engine.pause() : engine.resume();
}

/// False at the end of the input.
bool followInput(Engine& engine, std::string& rest)
{
    std::array<char, 512> bytes{};
    const ssize_t count = read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count <= 0)
        return count < 0 && errno == EINTR;
    rest.append(bytes.data(), static_cast<std::size_t>(count));
    for (std::size_t end = 0; (end = rest.find('\n')) != std::string::npos; rest.erase(0, end + 1))
        follow(engine, ordersFrom(rest.substr(0, end)));
    return true;
}

void train(const EngineOptions& options, Mouth& mouth)
{
    const int ended = eventfd(0, EFD_CLOEXEC);
    auto engine = training().start(options, [&](const Event& event) {
        mouth.say(toLine(event));
        if (std::holds_alternative<WorkerStopped>(event))
            eventfd_write(ended, 1);
    });
    mouth.say(toLine(Ready{engine->device()}));
    std::array<pollfd, 2> ends{{{ended, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}}};
    std::string rest;
    while ((ends[0].revents & POLLIN) == 0)
        if (poll(ends.data(), ends.size(), -1) > 0 && ends[1].revents != 0 && !followInput(*engine, rest)) {
            engine->requestStop();
            ends[1].fd = -1;
        }
    engine.reset();
    close(ended);
}

} // namespace

std::optional<int> helperMain(int argc, char* argv[])
{
    if (argc != 4 || std::string_view(argv[1]) != "worker")
        return std::nullopt;
    for (const int ignored : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) // they reach who supervises it too, who says stop
        std::signal(ignored, SIG_IGN);
    prctl(PR_SET_NAME, "spacewright"); // it was started by another name, "exe"
    Mouth mouth;
    const Heart heart(mouth);
    try {
        EngineOptions options = optionsFrom(argv[3]);
        options.study = argv[2];
        options.workers = 1;
        train(options, mouth);
    } catch (const std::exception& problem) {
        mouth.say(toLine(WorkerStopped{0, sentenceOf(problem), true}));
        return 1;
    }
    return 0;
}

} // namespace spacewright
