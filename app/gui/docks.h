// Where the panels are: docks that can be closed, moved and floated, and the way back to the first layout.
#pragma once
#include <QByteArray>
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
    /// The focus into the panel that comes `step` places later in reading order, brought to the front where it is
    /// behind another one.
    void focusNext(int step);
    QList<QDockWidget*> all() const;
    /// All of them away, for a page that has the whole window, and back to where they were.
    void setHidden(bool);
    /// Size and places, kept between runs.
    void save() const;
    void restore();

private:
    QDockWidget* add(const QString& title, const char* name, QWidget* panel);
    QMainWindow* m_window;
    QByteArray m_hidden; ///< where all were, while none is shown
    QDockWidget *m_journal, *m_network, *m_edf, *m_first, *m_second, *m_silhouettes, *m_models, *m_queue, *m_advice,
        *m_figures, *m_parallel, *m_space;
};

} // namespace spacewright
