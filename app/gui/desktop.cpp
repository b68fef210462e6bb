// What the desktop is told over D-Bus.
#include "app/gui/desktop.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QFileInfo>
#include <cmath>

namespace spacewright {

namespace {

/// Asking for a bus where none is would start one.
bool thereIsASessionBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") ||
           QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + "/bus");
}

void sendToSession(const QDBusMessage& message)
{
    static const bool there = thereIsASessionBus();
    if (there)
        QDBusConnection::sessionBus().send(message);
}

} // namespace

Desktop::Desktop() : Desktop(sendToSession) {}

Desktop::Desktop(Send send) : m_send(std::move(send)) {}

void Desktop::notify(const QString& title, const QString& text)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        "org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "Notify");
    message.setArguments({QCoreApplication::applicationName(), 0U, QStringLiteral("spacewright"), title,
                          text.toHtmlEscaped(), QStringList(),
                          QVariantMap{{"desktop-entry", QStringLiteral("spacewright")}}, -1});
    m_send(message);
}

void Desktop::showProgress(double share)
{
    const int percent = share < 0 ? -1 : static_cast<int>(std::lround(100 * share));
    if (percent == m_shown)
        return;
    m_shown = percent;
    QDBusMessage message =
        QDBusMessage::createSignal("/org/spacewright/Spacewright", "com.canonical.Unity.LauncherEntry", "Update");
    message.setArguments({QStringLiteral("application://spacewright.desktop"),
                          QVariantMap{{"progress", percent / 100.0}, {"progress-visible", percent >= 0}}});
    m_send(message);
}

} // namespace spacewright
