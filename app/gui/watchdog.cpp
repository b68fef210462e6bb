// How long the window's thread is busy.
#include "app/gui/watchdog.h"

#include <QEvent>
#include <QLocale>
#include <clocale>
#include <ctime>

namespace spacewright {

namespace {

double milliseconds(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

} // namespace

double threadMilliseconds()
{
    return milliseconds(CLOCK_THREAD_CPUTIME_ID);
}

double wallMilliseconds()
{
    return milliseconds(CLOCK_MONOTONIC);
}

WatchedApplication::WatchedApplication(int& argc, char** argv) : QApplication(argc, argv)
{
    // QApplication took the person's locale, in which the C library, and so core's texts, may have decimal commas.
    std::setlocale(LC_NUMERIC, "C");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

bool WatchedApplication::notify(QObject* receiver, QEvent* event)
{
    if (m_within || event->type() == QEvent::DeferredDelete)
        return QApplication::notify(receiver, event);
    m_within = true;
    const QString what = QStringLiteral("%1 %2, event %3")
                             .arg(QLatin1String(receiver->metaObject()->className()), receiver->objectName())
                             .arg(event->type());
    const double processor = threadMilliseconds(), wall = wallMilliseconds();
    const bool result = QApplication::notify(receiver, event);
    const Event handled{threadMilliseconds() - processor, wallMilliseconds() - wall, what};
    m_within = false;
    if (handled.processorMs > m_longest.processorMs)
        m_longest = handled;
    return result;
}

} // namespace spacewright
