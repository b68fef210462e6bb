// When a panel's statistics are asked for: only while somebody looks, and not with every single result.
#pragma once
#include "app/gui/snapshot.h"

#include <QObject>
#include <QTimer>

class QWidget;

namespace spacewright {

class Question : public QObject {
    Q_OBJECT
public:
    /// Belongs to the panel, and notices when that comes onto the screen.
    explicit Question(QWidget* panel);

    /// Asks at once about another study or selected space, else within a second.
    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    /// Asks although nothing has changed in the study.
    void again();
    const std::shared_ptr<const Snapshot>& snapshot() const { return m_snapshot; }

Q_SIGNALS:
    void wanted(std::shared_ptr<const Snapshot>);

protected:
    bool eventFilter(QObject*, QEvent*) override;

private:
    void ask();

    QWidget* m_panel;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<const Snapshot> m_asked; ///< what the last question was about
    QTimer m_soon;
};

} // namespace spacewright
