// What a person has changed in the space panel and not made yet.
#include "app/gui/panels/space_draft.h"

#include "app/gui/terms.h"

#include <QCoreApplication>
#include <algorithm>

namespace spacewright {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SpaceDraft", text);
}

} // namespace

QString stepText(const SpaceDraft& before, const SpaceDraft& after)
{
    QStringList changed;
    for (const auto& [from, to] : {std::pair(&before, &after), std::pair(&after, &before)})
        for (const Constraint& constraint : to->switchedOn)
            if (std::find(from->switchedOn.begin(), from->switchedOn.end(), constraint) == from->switchedOn.end())
                changed << termTitle(QString::fromStdString(toText(constraint)));
    std::map<std::string, LimitTexts> limits = after.limits;
    limits.insert(before.limits.begin(), before.limits.end());
    for (const auto& [parameter, texts] : limits) {
        const auto was = before.limits.find(parameter), is = after.limits.find(parameter);
        if (was == before.limits.end() || is == after.limits.end() || was->second != is->second)
            changed << tr("limit on %1").arg(QString::fromStdString(parameter));
    }
    if (before.name != after.name)
        changed << tr("name");
    if (before.note != after.note)
        changed << tr("note");
    if (before.models != after.models)
        changed << tr("number of models");
    return changed.size() == 1 ? changed.first() : tr("clear");
}

DraftStep::DraftStep(SpaceId space, SpaceDraft before, SpaceDraft after, QString gesture, Show show)
    : QUndoCommand(stepText(before, after)), m_space(space), m_before(std::move(before)), m_after(std::move(after)),
      m_gesture(std::move(gesture)), m_show(std::move(show))
{
}

void DraftStep::redo()
{
    if (!std::exchange(m_done, false))
        m_show(m_space, m_after);
}

bool DraftStep::mergeWith(const QUndoCommand* command)
{
    const auto* later = static_cast<const DraftStep*>(command);
    if (m_gesture.isEmpty() || later->m_gesture != m_gesture || later->m_space != m_space)
        return false;
    m_after = later->m_after;
    if (m_after == m_before)
        setObsolete(true); // dragged back to where it was
    return true;
}

} // namespace spacewright
