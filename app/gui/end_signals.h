// SIGTERM, SIGINT and SIGHUP as a Qt signal: the window then closes as by hand. The end of a desktop's session reaches
// the window through Qt itself, in the same way; that a session is only saved, or its end taken back, is no reason to
// stop.
#pragma once
#include <QObject>

namespace spacewright {

/// One at a time. Programs that are started from here get the signals' usual meaning.
class EndSignals : public QObject {
    Q_OBJECT
public:
    explicit EndSignals(QObject* parent = nullptr);
    ~EndSignals() override;

Q_SIGNALS:
    /// Perhaps several times: who ends a session may send a signal after its question.
    void came();
};

} // namespace spacewright
