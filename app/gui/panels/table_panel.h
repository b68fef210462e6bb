// All models of the study, sortable and filterable.
#pragma once
#include "app/gui/models/model_table_model.h"

#include <QWidget>

class QAction;
class QCheckBox;
class QLineEdit;
class QTableView;

namespace spacewright {

class TablePanel : public QWidget {
    Q_OBJECT
public:
    /// A click or an arrow key looks at a model; several rows are the selection.
    explicit TablePanel(Selection&, QWidget* parent = nullptr);

    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    /// Offered by right click too.
    void addRowAction(QAction*);
    void focusFilter();
    /// The selected models, or all, as tab-separated text with a header into the clipboard.
    void copy() const;

protected:
    void changeEvent(QEvent*) override;

private:
    QString asText() const;
    void setWidths();
    void takeCurrent();
    void takeSelection();
    void showCurrent();
    Selection& m_selection;
    bool m_marked = false;  ///< the selection is the rows that are marked here
    bool m_marking = false; ///< while they become the selection
    ModelTableModel* m_model;
    QTableView* m_table;
    QLineEdit* m_filter;
    QCheckBox* m_onlySelected;
    int m_columns = 0; ///< that have their widths
};

} // namespace spacewright
