// All models of the study.
#include "app/gui/panels/table_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace spacewright {

TablePanel::TablePanel(QWidget* parent)
    : QWidget(parent), m_model(new ModelTableModel(this)), m_sorted(new QSortFilterProxyModel(this)),
      m_table(new QTableView(this)), m_filter(new QLineEdit(this))
{
    m_model->setTheme(themeOf(palette()));
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(ModelTableModel::sortRole);
    m_sorted->setFilterKeyColumn(-1);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setObjectName("models");
    m_table->setAccessibleName(tr("Models"));
    m_table->setModel(m_sorted);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(1, Qt::AscendingOrder);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setIconSize(QSize(11, 11));
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(QFontMetrics(font()).height() + 6);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_filter->setPlaceholderText(tr("filter, for example AnyNetX_D or diverged"));
    m_filter->setAccessibleName(tr("Filter the models"));
    m_filter->setClearButtonEnabled(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->setSpacing(4);
    layout->addWidget(m_filter);
    layout->addWidget(m_table);

    connect(m_filter, &QLineEdit::textChanged, m_sorted, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_model, &QAbstractItemModel::modelReset, this, &TablePanel::setWidths);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid())
                    Q_EMIT modelSelected(current.data(ModelTableModel::idRole).toLongLong());
            });
}

void TablePanel::setWidths()
{
    const QFontMetrics metrics(font());
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const QString name = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const QString widest = name == "b"                           ? QStringLiteral("4 4 4 4")
                               : name == "g"                         ? QStringLiteral("32 16 32 16")
                               : name == "space"                     ? QStringLiteral("AnyNetX_D''mm")
                               : name == "state"                     ? QStringLiteral("diverged")
                               : name == "flops" || name == "params" ? QStringLiteral("00.00 M")
                               : name.size() > 2                     ? QStringLiteral("error % m")
                                                                     : QStringLiteral("1024");
        m_table->setColumnWidth(column, metrics.horizontalAdvance(widest) + 14);
    }
}

void TablePanel::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    const QVariant current = m_table->currentIndex().data(ModelTableModel::idRole);
    m_model->setSnapshot(snapshot);
    if (current.isValid() && !m_table->currentIndex().isValid())
        select(current.toLongLong());
    if (!m_table->currentIndex().isValid() && m_sorted->rowCount() > 0)
        m_table->selectRow(0); // something to look at: the best network
}

void TablePanel::select(qint64 model)
{
    for (int row = 0; row < m_sorted->rowCount(); ++row)
        if (m_sorted->index(row, 0).data(ModelTableModel::idRole).toLongLong() == model)
            return m_table->selectRow(row);
}

void TablePanel::addRowAction(QAction* action)
{
    m_table->addAction(action);
}

void TablePanel::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void TablePanel::copy() const
{
    QApplication::clipboard()->setText(asText());
}

QString TablePanel::asText() const
{
    QStringList lines;
    const auto line = [&](auto cell) {
        QStringList cells;
        for (int column = 0; column < m_sorted->columnCount(); ++column)
            cells << cell(column);
        lines << cells.join('\t');
    };
    line([&](int column) { return m_sorted->headerData(column, Qt::Horizontal).toString(); });
    const bool some = m_table->selectionModel()->hasSelection();
    for (int row = 0; row < m_sorted->rowCount(); ++row)
        if (!some || m_table->selectionModel()->isRowSelected(row))
            line([&](int column) { return m_sorted->index(row, column).data().toString(); });
    return lines.join('\n');
}

void TablePanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_model->setTheme(themeOf(palette()));
    QWidget::changeEvent(event);
}

} // namespace spacewright
