// What a new study is about: a space, a data set, how long and how many.
#pragma once
#include "app/gui/session.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace spacewright {

class NewStudyDialog : public QDialog {
    Q_OBJECT
public:
    explicit NewStudyDialog(QWidget* parent = nullptr);

    /// A space by name or file, a data set by name or folder, to begin with; empty: as it is.
    void suggest(const QString& space, const QString& data);
    /// Makes the study; runs on the background thread and reads the data set there.
    Session::Creator creator() const;
    QString suggestedName() const;

private:
    void prepareNumbers();
    void check();
    void checkData();
    QComboBox* m_space;
    QComboBox* m_data;
    QLineEdit* m_flops;
    QSpinBox* m_epochs;
    QSpinBox* m_models;
    QSpinBox* m_trainingImages;
    QSpinBox* m_validationImages;
    QSpinBox* m_splitSeed;
    QLabel* m_problem;
    class QPushButton* m_create;
};

} // namespace spacewright
