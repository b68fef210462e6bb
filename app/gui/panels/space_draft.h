// What a person has changed in the space panel and not made yet, and a step of changing it that can be undone.
#pragma once
#include "app/gui/panels/limit_row.h"
#include "core/study/study.h"

#include <QUndoCommand>
#include <functional>
#include <map>
#include <vector>

namespace spacewright {

struct SpaceDraft {
    std::vector<Constraint> switchedOn;       ///< beyond what the space has
    std::map<std::string, LimitTexts> limits; ///< by parameter; those without any are not there
    QString name;                             ///< of the child, by the person; empty: by the program
    QString note;
    int models = 24;

    bool operator==(const SpaceDraft&) const = default;
};

/// What changed, for the Undo button: "shared b", "limit on w4", "name", "note", "number of models", "all of it".
QString stepText(const SpaceDraft& before, const SpaceDraft& after);

/// Undone and redone by `show`; steps of one gesture that follow each other become one.
class DraftStep : public QUndoCommand {
public:
    using Show = std::function<void(SpaceId, const SpaceDraft&)>;
    DraftStep(SpaceId, SpaceDraft before, SpaceDraft after, QString gesture, Show);

    void undo() override { m_show(m_space, m_before); }
    void redo() override;
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand*) override;

private:
    SpaceId m_space;
    SpaceDraft m_before, m_after;
    QString m_gesture; ///< empty: stands alone
    Show m_show;
    bool m_done = true; ///< the person did it already
};

} // namespace spacewright
