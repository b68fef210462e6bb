// Where the panels are: docks that can be closed, moved and floated, and the way back to the first layout.
#pragma once
#include <QList>
#include <QString>

class QDockWidget;
class QMainWindow;
class QWidget;

namespace spacewright {

class Docks {
public:
    struct Panels {
        QWidget *journal, *network, *edf, *firstScatter, *secondScatter, *silhouettes, *models, *queue, *advice,
            *figures, *parallel, *space;
    };
    Docks(QMainWindow*, const Panels&);

    void reset();
    QList<QDockWidget*> all() const;
    /// Size and places, kept between runs.
    void save() const;
    void restore();

private:
    QDockWidget* add(const QString& title, const char* name, QWidget* panel);
    QMainWindow* m_window;
    QDockWidget *m_journal, *m_network, *m_edf, *m_first, *m_second, *m_silhouettes, *m_models, *m_queue, *m_advice,
        *m_figures, *m_parallel, *m_space;
};

} // namespace spacewright
