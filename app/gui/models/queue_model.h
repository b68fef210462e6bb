// What trains, what waits in which order, and what went wrong: one row per model.
#pragma once
#include "app/gui/charts/palette.h"
#include "app/gui/snapshot.h"

#include <QAbstractTableModel>

namespace spacewright {

/// It failed, diverged or was stopped early, and can be tried again.
bool isProblem(const Model&);

class QueueModel : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr int idRole = Qt::UserRole;          ///< qlonglong
    static constexpr int problemRole = Qt::UserRole + 1; ///< whether the model ended without an error of its own
    static constexpr int nextRole = Qt::UserRole + 2;    ///< whether a person asked for it next
    static constexpr int waitingRole = Qt::UserRole + 3;

    using QAbstractTableModel::QAbstractTableModel;

    void setSnapshot(std::shared_ptr<const Snapshot>);
    void setTheme(const Theme&);
    int problems() const { return m_problems; }
    int open() const { return static_cast<int>(m_rows.size()) - m_problems; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex&, int role) const override;
    QVariant headerData(int section, Qt::Orientation, int role) const override;

private:
    struct Row {
        const Model* model;
        const StudySpace* space;
        int spaceIndex;
        int position;                  ///< in the queue from 1, 0 for those that do not wait
        std::optional<double> seconds; ///< predicted

        bool operator==(const Row&) const; ///< shows the same
    };
    QString text(const Row&, int column) const;

    std::shared_ptr<const Snapshot> m_snapshot; ///< owns what m_rows points at
    std::vector<Row> m_rows;                    ///< running, waiting in order, problems
    int m_problems = 0;
    Theme m_theme = printTheme();
};

} // namespace spacewright
