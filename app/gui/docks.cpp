// Where the panels are.
#include "app/gui/docks.h"

#include <QApplication>
#include <QDockWidget>
#include <QMainWindow>
#include <QSettings>
#include <algorithm>
#include <utility>

namespace spacewright {

namespace {

constexpr int layoutVersion = 4; ///< another number forgets layouts that were saved before

QString tr(const char* text)
{
    return QCoreApplication::translate("Docks", text);
}

/// The panel's main thing, which is its focus proxy, or else the first that takes keys.
void focusWithin(QWidget* panel)
{
    QWidget* first = panel->focusProxy() ? panel->focusProxy() : panel;
    QWidget* widget = first;
    do {
        const bool isInPanel = widget == panel || panel->isAncestorOf(widget);
        if (isInPanel && widget->isEnabled() && widget->isVisible() && widget->focusPolicy() & Qt::TabFocus)
            return widget->setFocus(Qt::TabFocusReason);
        widget = widget->nextInFocusChain();
    } while (widget != first);
}

} // namespace

Docks::Docks(QMainWindow* window, const Panels& panels)
    : m_window(window), m_journal(add(tr("Journal"), "journalDock", panels.journal)),
      m_network(add(tr("Network"), "networkDock", panels.network)), m_edf(add(tr("EDF"), "edfDock", panels.edf)),
      m_first(add(tr("First parameter"), "firstParameterDock", panels.firstScatter)),
      m_second(add(tr("Second parameter"), "secondParameterDock", panels.secondScatter)),
      m_silhouettes(add(tr("Networks"), "silhouettesDock", panels.silhouettes)),
      m_models(add(tr("Models"), "modelsDock", panels.models)), m_queue(add(tr("Queue"), "queueDock", panels.queue)),
      m_advice(add(tr("Advice"), "adviceDock", panels.advice)),
      m_figures(add(tr("Figures"), "figuresDock", panels.figures)),
      m_parallel(add(tr("Parallel"), "parallelDock", panels.parallel)),
      m_space(add(tr("Space"), "spaceDock", panels.space))
{
    window->setDockNestingEnabled(true);
    reset();
}

QDockWidget* Docks::add(const QString& title, const char* name, QWidget* panel)
{
    auto* dock = new QDockWidget(title, m_window);
    dock->setObjectName(name);
    dock->setWidget(panel);
    return dock;
}

QList<QDockWidget*> Docks::all() const
{
    return {m_journal, m_network, m_edf,    m_first,   m_second,   m_silhouettes,
            m_models,  m_queue,   m_advice, m_figures, m_parallel, m_space};
}

void Docks::reset()
{
    for (QDockWidget* dock : all()) {
        dock->setFloating(false);
        dock->show();
    }
    m_window->addDockWidget(Qt::LeftDockWidgetArea, m_journal);
    m_window->splitDockWidget(m_journal, m_edf, Qt::Horizontal);
    m_window->splitDockWidget(m_edf, m_space, Qt::Horizontal);
    m_window->splitDockWidget(m_journal, m_network, Qt::Vertical);
    m_window->splitDockWidget(m_edf, m_silhouettes, Qt::Vertical);
    m_window->splitDockWidget(m_silhouettes, m_models, Qt::Vertical);
    m_window->splitDockWidget(m_edf, m_first, Qt::Horizontal);
    m_window->splitDockWidget(m_first, m_second, Qt::Vertical);
    m_window->tabifyDockWidget(m_models, m_queue);
    m_window->tabifyDockWidget(m_queue, m_advice);
    m_models->raise();
    m_window->tabifyDockWidget(m_edf, m_figures);
    m_window->tabifyDockWidget(m_figures, m_parallel);
    m_edf->raise();
    m_window->resizeDocks({m_journal, m_edf, m_space}, {290, 810, 330}, Qt::Horizontal);
    m_window->resizeDocks({m_edf, m_first}, {460, 370}, Qt::Horizontal);
    m_window->resizeDocks({m_edf, m_silhouettes, m_models}, {420, 100, 240}, Qt::Vertical);
    m_window->resizeDocks({m_journal, m_network}, {380, 420}, Qt::Vertical);
}

void Docks::focusNext(int step)
{
    QList<QDockWidget*> open = all();
    open.removeIf([](const QDockWidget* dock) { return dock->isHidden(); });
    if (open.isEmpty())
        return;
    const auto current = std::find_if(open.begin(), open.end(), [](const QDockWidget* dock) {
        return dock->isAncestorOf(QApplication::focusWidget());
    });
    const qsizetype place = current == open.end() ? (step > 0 ? -1 : 0) : current - open.begin();
    QDockWidget* next = open[(place + step + open.size()) % open.size()];
    next->raise();
    focusWithin(next->widget());
}

void Docks::setHidden(bool hidden)
{
    if (hidden && m_hidden.isEmpty()) {
        m_hidden = m_window->saveState(layoutVersion);
        for (QDockWidget* dock : all())
            dock->hide();
    } else if (!hidden && !m_hidden.isEmpty()) {
        m_window->restoreState(std::exchange(m_hidden, {}), layoutVersion);
    }
}

void Docks::save() const
{
    QSettings settings;
    settings.setValue("geometry", m_window->saveGeometry());
    settings.setValue("layout", m_hidden.isEmpty() ? m_window->saveState(layoutVersion) : m_hidden);
}

void Docks::restore()
{
    const QSettings settings;
    m_window->restoreGeometry(settings.value("geometry").toByteArray());
    m_window->restoreState(settings.value("layout").toByteArray(), layoutVersion);
}

} // namespace spacewright
