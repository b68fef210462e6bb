// Undo and redo of the whole window.
#include "app/gui/history.h"

#include <QAction>
#include <QFontMetrics>
#include <QUndoCommand>

namespace spacewright {

namespace {

class Step : public QUndoCommand {
public:
    Step(const QString& text, std::function<void()> undo, std::function<void()> redo)
        : QUndoCommand(text), m_undo(std::move(undo)), m_redo(std::move(redo))
    {
    }
    void undo() override { m_undo(); }
    void redo() override
    {
        if (!std::exchange(m_done, false))
            m_redo();
    }

private:
    std::function<void()> m_undo, m_redo;
    bool m_done = true; ///< it was done before it became a step
};

} // namespace

void History::show(QAction* undo, QAction* redo)
{
    const auto follow = [this](QAction* action, const QString& bare, const QString& with, auto text, auto can,
                               auto textChanged, auto canChanged) {
        const auto name = [=, this] {
            const QString step = (this->*text)();
            action->setText(step.isEmpty() ? bare : with.arg(step));
            const QFontMetrics font{QFont()};
            action->setIconText( // without a key, which the menus have
                font.elidedText(action->text().remove('&'), Qt::ElideRight, font.averageCharWidth() * 26));
            action->setEnabled((this->*can)());
            const QString keys = action->shortcut().toString(QKeySequence::NativeText);
            action->setToolTip(QStringLiteral("%1 (%2)").arg(action->text().remove('&'), keys));
        };
        connect(this, textChanged, action, name);
        connect(this, canChanged, action, name);
        name();
    };
    follow(undo, tr("&Undo"), tr("&Undo: %1"), &QUndoStack::undoText, &QUndoStack::canUndo,
           &QUndoStack::undoTextChanged, &QUndoStack::canUndoChanged);
    follow(redo, tr("&Redo"), tr("&Redo: %1"), &QUndoStack::redoText, &QUndoStack::canRedo,
           &QUndoStack::redoTextChanged, &QUndoStack::canRedoChanged);
    connect(undo, &QAction::triggered, this, &QUndoStack::undo);
    connect(redo, &QAction::triggered, this, &QUndoStack::redo);
}

void History::add(const QString& text, std::function<void()> undo, std::function<void()> redo)
{
    push(new Step(text, std::move(undo), std::move(redo)));
}

} // namespace spacewright
