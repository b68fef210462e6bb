// When a panel's statistics are asked for.
#include "app/gui/panels/question.h"

#include <QEvent>
#include <QWidget>

namespace spacewright {

namespace {

bool isOfOneSpace(const std::shared_ptr<const Snapshot>& a, const Snapshot& b)
{
    return a && a->study->path == b.study->path && a->selected == b.selected;
}

} // namespace

Question::Question(QWidget* panel) : QObject(panel), m_panel(panel)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(1000);
    connect(&m_soon, &QTimer::timeout, this, &Question::ask);
    panel->installEventFilter(this);
}

void Question::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    const bool same = isOfOneSpace(m_snapshot, *snapshot);
    m_snapshot = snapshot;
    if (!same)
        ask();
    else if (!m_soon.isActive())
        m_soon.start();
}

void Question::again()
{
    m_asked.reset();
    ask();
}

bool Question::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::Show || (event->type() == QEvent::Paint && !m_soon.isActive()))
        ask();
    return QObject::eventFilter(object, event);
}

void Question::ask()
{
    m_soon.stop();
    // A panel behind another one's tab counts as visible, but nothing of it is to be seen.
    if (!m_snapshot || !m_panel->isVisible() || m_panel->visibleRegion().isEmpty() ||
        (isOfOneSpace(m_asked, *m_snapshot) && m_asked->study == m_snapshot->study))
        return;
    m_asked = m_snapshot;
    Q_EMIT wanted(m_asked);
}

} // namespace spacewright
