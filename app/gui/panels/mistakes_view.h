// What the model that is looked at gets wrong on the validation images.
#pragma once
#include "app/gui/bridge.h"

#include <QWidget>

class QLabel;
class QScrollArea;

namespace spacewright {

class ConfusionMatrix;
class ExampleImages;

class MistakesView : public QWidget {
    Q_OBJECT
public:
    explicit MistakesView(QWidget* parent = nullptr);

    void setModel(const Model&, const QColor&);
    /// Of another model than the one that is shown: nothing happens.
    void showMistakes(const Mistakes&);

Q_SIGNALS:
    /// Asked for only while it is on the screen, and once for each model.
    void mistakesWanted(qint64 model); ///< a plain number, as in Bridge

protected:
    bool eventFilter(QObject*, QEvent*) override;

private:
    void clear(const QString& words);
    void showExamples();

    void askOnce();

    QScrollArea* m_scroll;
    std::optional<ModelId> m_model;
    ModelState m_state = ModelState::waiting;
    bool m_asked = false;
    std::shared_ptr<const ValidationAnswers> m_answers;
    QLabel* m_words;
    ConfusionMatrix* m_matrix;
    QLabel* m_which;
    ExampleImages* m_examples;
};

} // namespace spacewright
