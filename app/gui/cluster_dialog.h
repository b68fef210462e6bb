// How models are given to a cluster: what SLURM is asked for, and the script that it runs.
#pragma once
#include "core/cluster/submission.h"

#include <QDialog>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QTabWidget;

namespace spacewright {

class ClusterDialog : public QDialog {
    Q_OBJECT
public:
    /// `waiting`: models of the study that could go there.
    ClusterDialog(const std::filesystem::path& study, std::int64_t waiting, QWidget* parent = nullptr);
    ClusterRequest request() const;
    std::string host() const;
    void accept() override; ///< keeps the answers for the next time

private:
    QLineEdit* line(QFormLayout*, const QString& label, const char* name, const QString& explanation);
    QSpinBox* number(QFormLayout*, const QString& label, const char* name, int low, int high, int value,
                     const QString& explanation);
    QWidget* makeJobPage(std::int64_t waiting);
    QWidget* makePlacesPage(const std::filesystem::path& study);
    QWidget* makeScriptPage();
    void check();

    QList<QLineEdit*> m_kept; ///< remembered under their names
    QSpinBox *m_models{}, *m_tasks{}, *m_cpus{};
    QLineEdit *m_partition{}, *m_time{}, *m_gres{}, *m_account{}, *m_constraint{};
    QLineEdit *m_bundle{}, *m_program{}, *m_data{}, *m_modules{}, *m_container{}, *m_host{};
    QPlainTextEdit *m_lines{}, *m_script{};
    QPushButton* m_ownScript{};
    QTabWidget* m_tabs;
    QLabel* m_problem;
    QPushButton* m_submit;
};

} // namespace spacewright
