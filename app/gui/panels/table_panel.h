// All models of the study, sortable and filterable.
#pragma once
#include "app/gui/models/model_table_model.h"

#include <QWidget>

class QAction;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace spacewright {

class TablePanel : public QWidget {
    Q_OBJECT
public:
    explicit TablePanel(QWidget* parent = nullptr);

    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    void select(qint64 model);
    /// Offered by right click too.
    void addRowAction(QAction*);
    void focusFilter();
    /// The selected rows, or all, as tab-separated text with a header into the clipboard.
    void copy() const;

Q_SIGNALS:
    void modelSelected(qint64 model);

protected:
    void changeEvent(QEvent*) override;

private:
    QString asText() const;
    void setWidths();
    ModelTableModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
    QLineEdit* m_filter;
};

} // namespace spacewright
