// A signal's handler may do little: it writes to a descriptor that Qt's loop watches.
#include "app/gui/end_signals.h"
#include <QSocketNotifier>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <sys/eventfd.h>
#include <unistd.h>

namespace spacewright {

namespace {

constexpr int endings[]{SIGTERM, SIGINT, SIGHUP};
int descriptor = -1; // one for the process, as handlers are

void handle(int)
{
    const int before = errno;
    const std::uint64_t one = 1;
    (void)!write(descriptor, &one, sizeof one); // fails only when as many came as 64 bits count
    errno = before;
}

} // namespace

EndSignals::EndSignals(QObject* parent) : QObject(parent)
{
    descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    const auto* notifier = new QSocketNotifier(descriptor, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        std::uint64_t count = 0;
        if (read(descriptor, &count, sizeof count) > 0)
            Q_EMIT came();
    });
    struct sigaction ours = {};
    struct sigaction before = {};
    ours.sa_handler = handle;
    ours.sa_flags = SA_RESTART;
    for (const int signal : endings) {
        sigaction(signal, &ours, &before);
        if (before.sa_handler == SIG_IGN) // nohup
            sigaction(signal, &before, nullptr);
    }
}

EndSignals::~EndSignals()
{
    for (const int signal : endings)
        std::signal(signal, SIG_DFL);
    close(descriptor);
}

} // namespace spacewright
