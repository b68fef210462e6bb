// The design journal: where am I, and what was narrowed from what.
#pragma once
#include "app/gui/models/journal_model.h"
#include "core/figures/paper_path.h"

#include <QWidget>
#include <set>

class QAction;
class QPushButton;
class QTreeView;

namespace spacewright {

class JournalPanel : public QWidget {
    Q_OBJECT
public:
    explicit JournalPanel(QWidget* parent = nullptr);
    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    void showVerdicts(const Lineage::Verdicts&);

Q_SIGNALS:
    void spaceSelected(qint64 space);
    void refineRequested();
    void addModelsRequested();
    void exportRequested();
    void paperStepRequested(qint64 from, PaperStep);
    void setAsideRequested(qint64 space, bool aside);
    void noteTyped(qint64 space, QString note);
    /// Answered by showVerdicts; one at a time.

protected:
    void changeEvent(QEvent*) override;
    bool eventFilter(QObject*, QEvent*) override;

private:
    QTreeView* makeTree();
    void addMenu();
    void showPaperStep();
    void fold();
    const Population* selected() const;

    std::shared_ptr<const Snapshot> m_snapshot;
    PaperPlace m_place;
    JournalModel* m_model;
    QTreeView* m_tree;
    QPushButton* m_step;
    QAction* m_aside;
    QList<QPushButton*> m_buttons;
    std::set<SpaceId> m_folded; ///< set aside ones that were folded for it
    bool m_following = false;   ///< the selection is being set by the program
};

} // namespace spacewright
