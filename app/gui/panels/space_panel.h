// Narrows the selected space: switches and limits, what they cost before they are made, and the child they make.
#pragma once
#include "app/gui/panels/limit_row.h"
#include "app/gui/snapshot.h"
#include "app/gui/session.h"

#include <QTimer>
#include <QWidget>
#include <set>

class QCheckBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace spacewright {

class Silhouettes;

class SpacePanel : public QWidget {
    Q_OBJECT
public:
    explicit SpacePanel(QWidget* parent = nullptr);

    /// Shows the selected space; what is being edited stays while the selection does.
    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    void showPreview(const PreviewResult&);
    /// What the switches and limits add to the space.
    std::vector<Constraint> added() const;
    /// Switches a constraint on; one that has no switch here gets one.
    void suggest(const Constraint&);
    /// Moves the focus here.
    void beginRefining();

Q_SIGNALS:
    void previewWanted(Space parent, std::vector<Constraint> added);
    void refineWanted(Refinement);

protected:
    void changeEvent(QEvent*) override;

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
    QWidget* consequences();
    QWidget* childForm();
    void showSpace();
    void rebuildLimits();
    void edited();
    void askForPreview();
    void refine();
    QString problem() const;
    void updateRefine();
    QColor colour() const;

    std::shared_ptr<const Snapshot> m_snapshot;
    std::optional<StudySpace> m_space;
    std::set<std::string> m_taken; ///< names of the study's spaces
    std::optional<PreviewResult> m_preview;
    bool m_nameTyped = false; ///< by the person, so no automatic one

    QLabel* m_name;
    QLabel* m_origin;
    QGridLayout* m_switchGrid = nullptr;
    std::vector<Switch> m_switches; ///< the usual ones, then those that were suggested
    QWidget* m_limitArea = nullptr;
    QGridLayout* m_limitGrid = nullptr;
    std::vector<LimitRow*> m_limits;
    std::optional<Space::Family> m_family; ///< whose rows m_limits are
    QLabel* m_acceptance;
    QLabel* m_size;
    QLabel* m_note;
    Silhouettes* m_examples;
    QLineEdit* m_childName;
    QSpinBox* m_childModels;
    QLineEdit* m_childNote;
    QPushButton* m_refine;
    QPushButton* m_reset;
    QTimer m_previewSoon;
};

/// A name for the child: the paper's when its constraints, complexity limits aside, are those of a named space, else
/// the parent's with a prime; never one that is taken.
std::string childName(const Space& parent, const std::vector<Constraint>& added, const std::set<std::string>& taken);

} // namespace spacewright
