// Which single constraint would narrow the selected space without making it worse, on the models already trained.
#pragma once
#include "app/gui/models/advice_model.h"
#include "app/gui/panels/question.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace spacewright {

class AdvicePanel : public QWidget {
    Q_OBJECT
public:
    explicit AdvicePanel(QWidget* parent = nullptr);

    void setSnapshot(const std::shared_ptr<const Snapshot>& snapshot) { m_question->setSnapshot(snapshot); }
    void showAdvice(const AdviceResult&);

Q_SIGNALS:
    /// Asked for only while the panel is on the screen.
    void adviceWanted(std::shared_ptr<const Snapshot>);
    void constraintChosen(Constraint);

private:
    void choose();

    Question* m_question;
    AdviceModel* m_model;
    QTableView* m_table;
    QLabel* m_sentence;
    QPushButton* m_use;
};

} // namespace spacewright
