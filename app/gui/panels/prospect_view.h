// What the edited space would give: size, acceptance, models that are trained already, time, twelve examples.
#pragma once
#include "core/statistics/prospect.h"

#include <QColor>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace spacewright {

class Silhouettes;
class SmallEdf;

class ProspectView : public QWidget {
    Q_OBJECT
public:
    explicit ProspectView(QWidget* parent = nullptr);

    /// `colour` is that of the space that is thought of; `narrowed` is false for the space as it is.
    void show(const Prospect&, const Population& parent, const QColor& colour, bool narrowed);
    /// The time until the child has `n` models, at so many seconds each (0: not known yet); nothing for n = 0.
    void showTime(std::int64_t n, std::int64_t reusable, double secondsPerModel);
    void clear();
    /// In place of the examples, of which an empty space has none; takes the buttons over.
    void offer(const QList<QPushButton*>&);

private:
    QLabel* line(const char* name, const QString& term);
    QLabel* m_size;
    QLabel* m_acceptance;
    QLabel* m_trained;
    QLabel* m_time;
    SmallEdf* m_edf;
    Silhouettes* m_examples;
    QStackedWidget* m_below; ///< the examples, or what was offered
};

} // namespace spacewright
