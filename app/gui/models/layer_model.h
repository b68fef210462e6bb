// The layers of a network as a table.
#pragma once
#include "core/network/layer_table.h"

#include <QAbstractTableModel>

namespace spacewright {

class LayerModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { name, flops, params, activations, time, resolution, channels, kind, columns };
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<LayerRow>);
    /// One for each row, of the time of a training step; none: not measured yet.
    void setShares(std::vector<double>);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex&, int role) const override;
    QVariant headerData(int section, Qt::Orientation, int role) const override;

private:
    std::vector<LayerRow> m_rows;
    std::vector<double> m_shares;
};

} // namespace spacewright
