// How long the window's thread is busy: each event that it handles is measured.
#pragma once
#include <QApplication>

namespace spacewright {

/// For the benchmark and the tests. Time of the processor that the thread itself used, so that other programs on the
/// machine do not count; waiting (for a disk, a lock) shows in the wall time alone.
class WatchedApplication : public QApplication {
    Q_OBJECT
public:
    WatchedApplication(int& argc, char** argv); ///< numbers are written as the English words around them are
    bool notify(QObject*, QEvent*) override;

    struct Event {
        double processorMs = 0, wallMs = 0;
        QString what; ///< receiver and kind
    };
    /// The event that kept the processor longest since `forget`.
    const Event& longest() const { return m_longest; }
    void forget() { m_longest = {}; }

private:
    bool m_within = false; ///< an event that is handled within another is part of it
    Event m_longest;
};

/// Processor time that this thread has used.
double threadMilliseconds();
double wallMilliseconds();

} // namespace spacewright
