// Narrows the selected space: switches and limits, what they cost before they are made, and the child they make.
#pragma once
#include "app/gui/panels/space_draft.h"
#include "app/gui/snapshot.h"
#include "core/statistics/prospect.h"
#include "core/study/refinement.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <set>

class QCheckBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QToolButton;
class QUndoStack;

namespace spacewright {

class ProspectView;

class SpacePanel : public QWidget {
    Q_OBJECT
public:
    /// Every edit is a step of `history`, which must outlive the panel.
    explicit SpacePanel(QUndoStack* history, QWidget* parent = nullptr);

    /// Shows the selected space; what was edited of each space stays until it is made or taken back.
    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    void showProspect(const Prospect&);
    /// What the switches and limits add to the space.
    std::vector<Constraint> added() const;
    /// Switches a constraint on, or types its limits; one that has neither here gets a switch.
    void suggest(const Constraint&);
    /// Moves the focus here.
    void beginRefining();
    SpaceDraft draft(SpaceId) const;
    /// Shown at once, or when the space is.
    void setDraft(SpaceId, const SpaceDraft&);

Q_SIGNALS:
    /// About the snapshot's selected space.
    void prospectWanted(std::shared_ptr<const Snapshot>, std::vector<Constraint> added);
    void refineWanted(Refinement);
    void spaceWanted(qint64 space);

protected:
    void changeEvent(QEvent*) override;
    bool eventFilter(QObject*, QEvent*) override;

private:
    static constexpr int usualSwitches = 4;
    struct Switch {
        Constraint constraint;
        QCheckBox* box;
    };
    QWidget* heading();
    QWidget* switches();
    void addSwitch(const Constraint&, const QString& text);
    QWidget* limits();
    QWidget* childForm();
    void followHistory(QLineEdit*);
    void showSpace();
    void rebuildLimits();
    void showStages(bool);
    SpaceDraft fromWidgets() const;
    void toWidgets(const SpaceDraft&);
    void edited(const QString& gesture = {});
    void changed();
    void askForProspect();
    void replace(const Remedy&);
    void offerRemedies();
    void refine();
    QString problem() const;
    void updateRefine();
    const Population* population() const;
    QColor colour() const;

    QUndoStack* m_history;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::optional<StudySpace> m_space;
    std::set<std::string> m_taken; ///< names of the study's spaces
    std::map<SpaceId, SpaceDraft> m_drafts;
    std::size_t m_results = 0;          ///< models of the space that the prospect was asked with
    std::optional<Prospect> m_prospect; ///< of the draft that is shown
    bool m_nameTyped = false;           ///< by the person, so no automatic one

    QLabel* m_name;
    QLabel* m_origin;
    QGridLayout* m_switchGrid = nullptr;
    std::vector<Switch> m_switches; ///< the usual ones, then those that were suggested
    QWidget* m_limitArea = nullptr;
    QGridLayout* m_limitGrid = nullptr;
    QToolButton* m_stages = nullptr; ///< shows the rows of single stages
    std::vector<LimitRow*> m_limits;
    std::vector<std::string> m_parameters; ///< of m_limits
    QLabel* m_note;
    ProspectView* m_view;
    QLineEdit* m_childName;
    QSpinBox* m_childModels;
    QLineEdit* m_childNote;
    QPushButton* m_refine;
    QPushButton* m_reset;
    QTimer m_askSoon;
    QElapsedTimer m_asked; ///< valid while an answer is awaited
};

/// A name for the child: the paper's when its constraints, complexity limits aside, are those of a named space, else
/// the parent's with a prime; never one that is taken.
std::string childName(const Space& parent, const std::vector<Constraint>& added, const std::set<std::string>& taken);

} // namespace spacewright
