// Refinement advice as a table: one row per constraint that could narrow a space.
#pragma once
#include "core/statistics/advice.h"

#include <QAbstractTableModel>

namespace spacewright {

class AdviceModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setAdvice(std::vector<Advice>);
    const Advice& adviceAt(int row) const { return m_list[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex&, int role) const override;
    QVariant headerData(int section, Qt::Orientation, int role) const override;

private:
    std::vector<Advice> m_list;
};

} // namespace spacewright
