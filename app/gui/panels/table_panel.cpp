// All models of the study.
#include "app/gui/panels/table_panel.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QTableView>
#include <QVBoxLayout>

namespace spacewright {

namespace {

qint64 idOf(const QModelIndex& index)
{
    return index.data(ModelTableModel::idRole).toLongLong();
}

} // namespace

TablePanel::TablePanel(Selection& selection, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_model(new ModelTableModel(selection, this)),
      m_table(new QTableView(this)), m_filter(new QLineEdit(this)),
      m_onlySelected(new QCheckBox(tr("selected &only"), this))
{
    m_model->setTheme(themeOf(palette()));
    m_table->setObjectName("models");
    m_table->setAccessibleName(tr("Models"));
    m_table->setModel(m_model);
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
    m_filter->setObjectName("filterModels");
    m_onlySelected->setToolTip(tr("Shows only the models that are selected in a chart or here."));
    m_onlySelected->setObjectName("onlySelected");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->setSpacing(4);
    auto* top = new QHBoxLayout;
    top->addWidget(m_filter, 1);
    top->addWidget(m_onlySelected);
    layout->addLayout(top);
    layout->addWidget(m_table);
    setFocusProxy(m_table);

    const auto filter = [this] { m_model->setFilter(m_filter->text(), m_onlySelected->isChecked()); };
    connect(m_filter, &QLineEdit::textChanged, this, filter);
    connect(m_onlySelected, &QCheckBox::toggled, this, filter);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        setWidths();
        showCurrent();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TablePanel::takeCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TablePanel::takeSelection);
    connect(&m_selection, &Selection::currentChanged, this, &TablePanel::showCurrent);
    connect(&m_selection, &Selection::changed, this, [this] {
        if (m_marking)
            return;
        // Thousands of single rows would take the view seconds to mark: the model tints them instead.
        if (std::exchange(m_marked, false))
            m_table->clearSelection();
    });
}

void TablePanel::takeCurrent()
{
    if (m_table->currentIndex().isValid())
        m_selection.setCurrent(ModelId{idOf(m_table->currentIndex())});
    if (m_marked)
        takeSelection(); // the rows that were marked with it are what was pointed at last
}

/// A single row is only looked at; it takes back what was marked here before, and nothing that was selected elsewhere.
void TablePanel::takeSelection()
{
    std::vector<ModelId> marked;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        marked.push_back(ModelId{idOf(index)});
    if (marked.size() > 1) {
        m_marked = true;
        const QScopedValueRollback<bool> marking(m_marking, true);
        m_selection.select(std::move(marked));
    } else if (std::exchange(m_marked, false)) {
        m_selection.clear();
    }
}

void TablePanel::showCurrent()
{
    const std::optional<ModelId>& current = m_selection.current();
    if (!current || idOf(m_table->currentIndex()) == static_cast<qint64>(*current))
        return;
    if (const int row = m_model->rowOf(*current); row >= 0)
        m_table->selectRow(row);
}

/// For new columns; a person's own widths stay while these do.
void TablePanel::setWidths()
{
    if (m_model->columnCount() == std::exchange(m_columns, m_model->columnCount()))
        return;
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
    m_model->setSnapshot(snapshot);
    if (!m_selection.current() && m_model->rowCount() > 0)
        m_table->selectRow(0); // something to look at: the best network
    showCurrent();             // its row may be new
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
        for (int column = 0; column < m_model->columnCount(); ++column)
            cells << cell(column);
        lines << cells.join('\t');
    };
    line([&](int column) { return m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(); });
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (!m_selection.recedes(ModelId{idOf(m_model->index(row, 0))}))
            line([&](int column) { return m_model->index(row, column).data().toString(); });
    return lines.join('\n');
}

void TablePanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_model->setTheme(themeOf(palette()));
    QWidget::changeEvent(event);
}

} // namespace spacewright
