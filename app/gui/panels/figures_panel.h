// Any of the paper's figures over the spaces of the study, by name.
#pragma once
#include "app/gui/panels/question.h"
#include "app/gui/selection.h"

#include <QWidget>

class QComboBox;
class QGridLayout;
class QLabel;

namespace spacewright {

class ChartView;

class FiguresPanel : public QWidget {
    Q_OBJECT
public:
    explicit FiguresPanel(Selection&, QWidget* parent = nullptr);

    void setSnapshot(const std::shared_ptr<const Snapshot>& snapshot) { m_question->setSnapshot(snapshot); }
    void showFigure(const FigureResult&);
    std::string figure() const;

Q_SIGNALS:
    /// Asked for only while the panel is on the screen.
    void figureWanted(std::shared_ptr<const Snapshot>, QString name);
    void exportRequested();

protected:
    void resizeEvent(QResizeEvent*) override;

private:
    ChartView* makeView();
    void arrange();
    int columnsThatFit() const;

    Selection& m_selection;
    Question* m_question;
    QComboBox* m_choice;
    QLabel* m_words; ///< the caption, or which spaces are missing
    QGridLayout* m_grid;
    std::vector<ChartView*> m_views; ///< made once, hidden while a figure has fewer panels
    Figure m_figure;
    int m_columns = 0; ///< as they are laid out now
};

} // namespace spacewright
