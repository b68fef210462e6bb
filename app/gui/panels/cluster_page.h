// What of the study is trained on a cluster: its jobs, how far they are, and what may be done about them.
#pragma once
#include "app/gui/bridge.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace spacewright {

class ClusterPage : public QWidget {
    Q_OBJECT
public:
    explicit ClusterPage(Bridge&, QWidget* parent = nullptr);
    /// For the page's tab: "Cluster", or with how many models are there.
    QString title() const;

Q_SIGNALS:
    void titleChanged();

private:
    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    void showJobs(const ClusterJobs&);
    void showJob();
    void enable();
    const ClusterJob* selected() const;

    Bridge& m_bridge;
    ClusterJobs m_jobs;
    bool m_readOnly = true;
    std::int64_t m_waiting = 0; ///< models that could be given to a cluster
    std::filesystem::path m_study;
    QTreeWidget* m_list;
    QLabel* m_words;
    QPushButton *m_submit, *m_resume, *m_takeBack;
};

} // namespace spacewright
