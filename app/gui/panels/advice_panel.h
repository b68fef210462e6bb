// Which single constraint would narrow the selected space without making it worse, on the models already trained.
#pragma once
#include "app/gui/models/advice_model.h"
#include "app/gui/snapshot.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace spacewright {

class AdvicePanel : public QWidget {
    Q_OBJECT
public:
    explicit AdvicePanel(QWidget* parent = nullptr);

    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    void showAdvice(const AdviceResult&);

Q_SIGNALS:
    /// Asked for only while the panel is on the screen.
    void adviceWanted(std::shared_ptr<const Snapshot>);
    void constraintChosen(Constraint);

protected:
    void showEvent(QShowEvent*) override;

private:
    void ask();
    void choose();

    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<const Snapshot> m_asked; ///< what the last request was about
    AdviceModel* m_model;
    QTableView* m_table;
    QLabel* m_sentence;
    QPushButton* m_use;
    QTimer m_soon; ///< results come by the second, advice need not
};

} // namespace spacewright
