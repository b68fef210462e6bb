// SpacePanel, what is being edited: between the widgets, what is kept of each space, and the steps that can be undone.
#include "app/gui/panels/space_panel.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>
#include <QUndoStack>
#include <algorithm>

namespace spacewright {

SpaceDraft SpacePanel::draft(SpaceId space) const
{
    const auto found = m_drafts.find(space);
    return found == m_drafts.end() ? SpaceDraft{} : found->second;
}

void SpacePanel::setDraft(SpaceId space, const SpaceDraft& draft)
{
    m_drafts[space] = draft;
    if (!m_space || m_space->id != space)
        return; // shown when the space is
    toWidgets(draft);
    changed();
}

SpaceDraft SpacePanel::fromWidgets() const
{
    SpaceDraft draft;
    for (const auto& [constraint, box] : m_switches)
        if (box->isEnabledTo(this) && box->isChecked())
            draft.switchedOn.push_back(constraint);
    for (const LimitRow* row : m_limits)
        if (row->texts() != LimitTexts{})
            draft.limits[row->parameter()] = row->texts();
    if (m_nameTyped)
        draft.name = m_childName->text();
    draft.note = m_childNote->text();
    draft.models = m_childModels->value();
    return draft;
}

void SpacePanel::toWidgets(const SpaceDraft& draft)
{
    const auto isOn = [&](const Constraint& constraint) {
        return std::find(draft.switchedOn.begin(), draft.switchedOn.end(), constraint) != draft.switchedOn.end();
    };
    const auto hasSwitch = [this](const Constraint& constraint) {
        return std::any_of(m_switches.begin(), m_switches.end(),
                           [&](const Switch& one) { return one.constraint == constraint; });
    };
    for (const Constraint& constraint : draft.switchedOn)
        if (!hasSwitch(constraint))
            addSwitch(constraint, QString::fromStdString(describe(constraint)));
    for (const auto& [constraint, box] : m_switches) {
        const QSignalBlocker quiet(box);
        if (box->isEnabledTo(this))
            box->setChecked(isOn(constraint));
    }
    for (LimitRow* row : m_limits) {
        const auto typed = draft.limits.find(row->parameter());
        row->setTexts(typed == draft.limits.end() ? LimitTexts{} : typed->second);
        if (row->ofStage() && typed != draft.limits.end())
            m_stages->setChecked(true); // what narrows is to be seen
    }
    const QSignalBlocker quietName(m_childName), quietNote(m_childNote), quietModels(m_childModels);
    m_nameTyped = !draft.name.isEmpty();
    m_childName->setText(draft.name);
    if (m_childNote->text() != draft.note)
        m_childNote->setText(draft.note);
    m_childModels->setValue(draft.models);
}

std::vector<Constraint> SpacePanel::added() const
{
    std::vector<Constraint> constraints = fromWidgets().switchedOn;
    for (const LimitRow* row : m_limits)
        if (const std::optional<Constraint> constraint = row->constraint())
            constraints.push_back(*constraint);
    return constraints;
}

void SpacePanel::edited(const QString& gesture)
{
    if (!m_space)
        return;
    const SpaceDraft before = draft(m_space->id), after = fromWidgets();
    if (before == after)
        return;
    m_drafts[m_space->id] = after;
    changed();
    m_history->push(new DraftStep(m_space->id, before, after, gesture, [this](SpaceId space, const SpaceDraft& draft) {
        setDraft(space, draft);
        if (m_space && m_space->id != space)
            Q_EMIT spaceWanted(static_cast<qint64>(space));
    }));
}

} // namespace spacewright
