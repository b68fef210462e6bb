// The models of a study as a table that sorts and filters itself: one row per network.
#pragma once
#include "app/gui/charts/palette.h"
#include "app/gui/selection.h"
#include "app/gui/snapshot.h"

#include <QAbstractTableModel>

namespace spacewright {

/// Sorts and filters columns of numbers by itself: a proxy asks for each cell through QVariants, seconds for 10^5 rows.
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
    /// Only rows one of whose cells contains the text, in either case, and, if so chosen, only the selected models'.
    void setFilter(const QString&, bool onlySelected);
    /// Rows without the value come last when sorted upwards.
    void sort(int column, Qt::SortOrder) override;
    /// The row of a model; below 0 where it is not shown.
    int rowOf(ModelId) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex&, int role) const override;
    QVariant headerData(int section, Qt::Orientation, int role) const override;

private:
    const std::string& key(int column) const { return m_rows->keys[static_cast<std::size_t>(column)]; }
    bool isShown(std::size_t row) const;
    void listShown();
    void sortShown();
    void sortInPlace();
    void rearrange();
    void takeGrown(std::shared_ptr<const Snapshot>);

    const Selection& m_selection;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<const ModelRows> m_rows; ///< of the snapshot
    std::vector<std::size_t> m_shown;        ///< places in m_rows, in the order of the table
    int m_sorted = -1;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    std::string m_filter; ///< in lower case
    bool m_onlySelected = false;
    Theme m_theme = printTheme();
};

} // namespace spacewright
