// Looks a data set over before a study is made of it: findings, classes with counts and examples.
#pragma once
#include "app/gui/background.h"
#include "core/data/data_check.h"

#include <QDialog>
#include <QImage>

class QFormLayout;
class QGridLayout;
class QLabel;

namespace spacewright {

class DataCheckDialog : public QDialog {
    Q_OBJECT
public:
    /// Begins to read at once, on a thread of its own; closing stops it.
    DataCheckDialog(std::string nameOrPath, std::uint64_t splitSeed, QWidget* parent = nullptr);

Q_SIGNALS:
    /// How many images there are to train and validate with, and how many of them should validate.
    void checked(int images, int validation);

private:
    struct ClassRow {
        ClassCount count;
        QImage examples; ///< side by side
    };
    struct Result {
        std::vector<DataFinding> findings;
        std::vector<ClassRow> rows;
        int classes = 0, images = 0, validation = 0;
    };
    static Result look(const DataSet&, const ReadProgress&);
    void showResult(const Result&);
    void showProblem(const QString&);
    template <typename Function>
    void deliver(Function function)
    {
        QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
    }

    QLabel* m_state;
    QFormLayout* m_findings;
    QGridLayout* m_classes;
    Background m_background; ///< last: joins before the rest goes
};

} // namespace spacewright
