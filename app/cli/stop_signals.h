// Signals that end long work cleanly, as something to wait for.
#pragma once
#include <csignal>
#include <ctime>
#include <initializer_list>
#include <pthread.h>

namespace spacewright {

/// Threads that start later inherit that they are blocked.
class StopSignals {
public:
    explicit StopSignals(std::initializer_list<int> signals = {SIGINT, SIGTERM})
    {
        sigemptyset(&m_set);
        for (const int signal : signals)
            sigaddset(&m_set, signal);
        pthread_sigmask(SIG_BLOCK, &m_set, nullptr);
    }
    /// Waits a tenth of a second, or not at all; the signal that came, or 0. Further ones change nothing: `timeout` and
    /// scripts that pass a signal on send it twice, which must not end a clean stop half-way.
    int wait(long nanoseconds = 100'000'000)
    {
        const timespec time{0, nanoseconds};
        const int signal = sigtimedwait(&m_set, nullptr, &time);
        return signal > 0 ? signal : 0;
    }

private:
    sigset_t m_set{};
};

} // namespace spacewright
