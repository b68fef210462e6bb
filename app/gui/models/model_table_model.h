// The models of a study as a table: one row per network, raw numbers under `sortRole`.
#pragma once
#include "app/gui/charts/palette.h"
#include "app/gui/selection.h"
#include "app/gui/snapshot.h"

#include <QAbstractTableModel>

namespace spacewright {

class ModelTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr int sortRole = Qt::UserRole;
    static constexpr int idRole = Qt::UserRole + 1; ///< std::int64_t

    /// Rows of the selection are tinted, the others recede.
    explicit ModelTableModel(const Selection&, QObject* parent = nullptr);

    /// Keeps rows that stay, so that selection and scroll position do too.
    void setSnapshot(std::shared_ptr<const Snapshot>);
    void setTheme(const Theme&);
    const Model* modelAt(int row) const { return m_rows[static_cast<std::size_t>(row)].model; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex&, int role) const override;
    QVariant headerData(int section, Qt::Orientation, int role) const override;

private:
    struct Row {
        const Model* model;
        const StudySpace* space;
        int spaceIndex;
    };
    /// Key of a column as in terms.h: "#", "error", "d", "w1" .., "b", "g", "flops", "params", "space", "state".
    const QString& key(int column) const { return m_columns[column]; }
    QVariant value(const Row&, const QString& key) const;
    QString text(const Row&, const QString& key) const;

    const Selection& m_selection;
    std::shared_ptr<const Snapshot> m_snapshot; ///< owns what m_rows points at
    std::vector<Row> m_rows;                    ///< in order of id
    QStringList m_columns;
    Theme m_theme = printTheme();
};

} // namespace spacewright
