// Any of the paper's figures over the spaces of the study, by name.
#pragma once
#include "app/gui/snapshot.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QGridLayout;
class QLabel;

namespace spacewright {

class ChartView;

class FiguresPanel : public QWidget {
    Q_OBJECT
public:
    explicit FiguresPanel(QWidget* parent = nullptr);

    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    void showFigure(const FigureResult&);
    std::string figure() const;

Q_SIGNALS:
    /// Asked for only while the panel is on the screen.
    void figureWanted(std::shared_ptr<const Snapshot>, QString name);
    void exportRequested();

protected:
    void showEvent(QShowEvent*) override;
    void resizeEvent(QResizeEvent*) override;

private:
    void ask();
    ChartView* makeView();
    void arrange();
    int columnsThatFit() const;

    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<const Snapshot> m_asked; ///< what the last request was about
    QComboBox* m_choice;
    QLabel* m_words; ///< the caption, or which spaces are missing
    QGridLayout* m_grid;
    std::vector<ChartView*> m_views; ///< made once, hidden while a figure has fewer panels
    Figure m_figure;
    int m_columns = 0; ///< as they are laid out now
    QTimer m_soon;     ///< results come by the second, a figure need not
};

} // namespace spacewright
