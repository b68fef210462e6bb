// What the desktop is told over D-Bus: notifications, and the progress on the program's icon.
#pragma once
#include <QString>
#include <functional>

class QDBusMessage;

namespace spacewright {

class Desktop {
public:
    using Send = std::function<void(const QDBusMessage&)>;
    /// By default to the session bus, and nowhere without one. Nothing waits for an answer.
    Desktop();
    explicit Desktop(Send);

    /// org.freedesktop.Notifications; the text is plain.
    void notify(const QString& title, const QString& text);
    /// The share that is done, 0..1, as com.canonical.Unity.LauncherEntry, which KDE, Ubuntu's dock and others show;
    /// below 0 takes it away. Sends only what can be seen to differ.
    void showProgress(double share);

private:
    Send m_send;
    int m_shown = -1; ///< percent
};

} // namespace spacewright
