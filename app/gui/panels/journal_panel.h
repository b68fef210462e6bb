// The design journal: where am I, and what was narrowed from what.
#pragma once
#include "app/gui/models/journal_model.h"

#include <QWidget>

class QPushButton;
class QTreeView;

namespace spacewright {

class JournalPanel : public QWidget {
    Q_OBJECT
public:
    explicit JournalPanel(QWidget* parent = nullptr);
    void setSnapshot(const std::shared_ptr<const Snapshot>&);

Q_SIGNALS:
    void spaceSelected(qint64 space);
    void refineRequested();
    void addModelsRequested();

protected:
    void changeEvent(QEvent*) override;

private:
    JournalModel* m_model;
    QTreeView* m_tree;
    QList<QPushButton*> m_buttons;
    bool m_following = false; ///< the selection is being set by the program
};

} // namespace spacewright
