// What the edited space would give: size, acceptance, models that are trained already, time, twelve examples.
#pragma once
#include "core/statistics/prospect.h"

#include <QColor>
#include <QWidget>

class QLabel;

namespace spacewright {

class Silhouettes;
class SmallEdf;

class ProspectView : public QWidget {
    Q_OBJECT
public:
    explicit ProspectView(QWidget* parent = nullptr);

    /// `colour` is that of the space that is thought of; `narrowed` is false for the space as it is.
    void show(const Prospect&, const Population& parent, const QColor& colour, bool narrowed);
    /// The time until the child has `n` models, at so many seconds each (0: not known yet).
    void showTime(std::int64_t n, std::int64_t reusable, double secondsPerModel);
    void clear();

private:
    QLabel* line(const char* name, const QString& term);
    QLabel* m_size;
    QLabel* m_acceptance;
    QLabel* m_trained;
    QLabel* m_time;
    SmallEdf* m_edf;
    Silhouettes* m_examples;
};

} // namespace spacewright
