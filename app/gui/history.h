// Undo and redo of the whole window: one row of steps, each with a name and the way back. Nothing trained is deleted by
// any of them.
#pragma once
#include <QUndoStack>
#include <functional>

class QAction;

namespace spacewright {

class History : public QUndoStack {
    Q_OBJECT
public:
    using QUndoStack::QUndoStack;

    /// Enables the actions and puts the next step's name into their texts.
    void show(QAction* undo, QAction* redo);
    /// A step that the person has just made.
    void add(const QString& text, std::function<void()> undo, std::function<void()> redo);
};

} // namespace spacewright
