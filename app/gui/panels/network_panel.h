// The model that is looked at: its drawing, layers, and how its training went; or two of them and what differs.
#pragma once
#include "app/gui/selection.h"
#include "app/gui/session.h"

#include <QWidget>
#include <set>

class QLabel;
class QPushButton;
class QTabWidget;

namespace spacewright {

class BlockDrawing;
class LayersView;
class LearningView;
class MistakesView;
class NetworkEditor;

class NetworkPanel : public QWidget {
    Q_OBJECT
public:
    /// Looks at the selection's current model, or at two that are selected.
    explicit NetworkPanel(Selection&, QWidget* parent = nullptr);

    /// Asks anew about what is shown, which may have changed in the study.
    void refresh();
    /// The first is looked at, a second is what it is compared with.
    void setDetails(std::vector<ModelDetails>);
    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    void clear();
    LayersView* layers() const { return m_layers; }
    LearningView* learning() const { return m_learning; }
    MistakesView* mistakes() const { return m_mistakes; }
    NetworkEditor* editor() const { return m_editor; }

Q_SIGNALS:
    void detailsWanted(std::vector<ModelId>);
    void exportRequested();
    void retryRequested();

protected:
    void changeEvent(QEvent*) override;

private:
    void lookAtCurrent();
    void lookAtSelection();
    void lookAt(std::vector<ModelId>);
    void addPage(QWidget*, const QString& name, const QString& about);
    QWidget* stagesPage();
    int spaceOf(const ModelDetails&) const;
    void showHeading();
    void fillPage();
    void draw();

    Selection& m_selection;
    std::vector<ModelId> m_wanted; ///< one, or two to compare; none: nothing is looked at
    std::vector<ModelDetails> m_details;
    std::set<QWidget*> m_filled; ///< pages that show m_details
    std::shared_ptr<const Snapshot> m_snapshot;
    QLabel* m_heading;
    BlockDrawing* m_drawing;
    QTabWidget* m_tabs;
    QLabel* m_parameters;
    QLabel* m_words;
    LayersView* m_layers;
    LearningView* m_learning;
    MistakesView* m_mistakes;
    NetworkEditor* m_editor;
    QPushButton* m_export;
    QPushButton* m_retry;
};

} // namespace spacewright
