// What the window shows while nothing is open: three ways to begin, the studies of before, and what went wrong.
#pragma once
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace spacewright {

class StartPage : public QWidget {
    Q_OBJECT
public:
    explicit StartPage(QWidget* parent = nullptr);

    /// Why nothing is open, in a sentence; empty where nothing went wrong.
    void setProblem(const QString&);
    void setRecent(const QStringList& paths);

Q_SIGNALS:
    void defaultStudyRequested();
    void newRequested();
    void openRequested();
    void studyChosen(QString path);

private:
    QLabel* m_problem;
    QVBoxLayout* m_recent;
};

} // namespace spacewright
