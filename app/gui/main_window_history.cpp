// MainWindow, what it can take back: each step knows its way back. Nothing trained is ever deleted by one.
#include "app/gui/main_window.h"
#include "app/gui/panels/space_panel.h"

namespace spacewright {

namespace {

QString nameOf(const Snapshot& snapshot, SpaceId space)
{
    const Population* population = snapshot.population(space);
    return population ? QString::fromStdString(population->space.space.name) : QString();
}

} // namespace

void MainWindow::takeRefined(const Refinement& refinement, qint64 space)
{
    const SpaceId parent = refinement.parent, child{space};
    const SpaceDraft draft = m_space->draft(parent);
    const bool fromDraft = !refinement.added.empty(); // else the paper's step, which leaves what is being edited alone
    const SpaceDraft made = fromDraft ? SpaceDraft{} : draft;
    m_space->setDraft(parent, made);
    const auto undo = [this, parent, child, draft] {
        m_bridge.setAside(child, true);
        m_space->setDraft(parent, draft);
        selectSpace(static_cast<qint64>(parent));
    };
    const auto redo = [this, parent, child, made] {
        m_bridge.setAside(child, false);
        m_space->setDraft(parent, made);
        selectSpace(static_cast<qint64>(child));
    };
    m_history.add(tr("refine to %1").arg(QString::fromStdString(refinement.name)), undo, redo);
}

void MainWindow::takeAdded(const std::vector<ModelId>& models)
{
    const auto aside = [this, models](bool aside) { return [=, this] { m_bridge.setAside(models, aside); }; };
    m_history.add(tr("add %n model(s)", nullptr, static_cast<int>(models.size())), aside(true), aside(false));
}

void MainWindow::takeNewSpace(const QString& name, qint64 space)
{
    const auto aside = [this, space](bool aside) { return [=, this] { m_bridge.setAside(SpaceId{space}, aside); }; };
    m_history.add(tr("add %1").arg(name), aside(true), aside(false));
}

void MainWindow::takeCopy(const QString& name, qint64 space, qint64 model)
{
    takeNewSpace(name, space);
    m_selection.setCurrent(ModelId{model}); // what trains now
}

void MainWindow::setAside(qint64 space, bool aside)
{
    const auto to = [this, space](bool aside) { return [=, this] { m_bridge.setAside(SpaceId{space}, aside); }; };
    to(aside)();
    const QString name = nameOf(*m_snapshot, SpaceId{space});
    m_history.add(aside ? tr("set %1 aside").arg(name) : tr("take %1 up again").arg(name), to(!aside), to(aside));
}

void MainWindow::setNote(qint64 space, const QString& note)
{
    const auto to = [this, space](const QString& text) {
        return [=, this] { m_bridge.setNote(SpaceId{space}, text); };
    };
    const Population* population = m_snapshot->population(SpaceId{space});
    to(note)();
    m_history.add(tr("note of %1").arg(nameOf(*m_snapshot, SpaceId{space})),
                  to(QString::fromStdString(population->space.note)), to(note));
}

} // namespace spacewright
