// The design journal.
#include "app/gui/panels/journal_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace spacewright {

JournalPanel::JournalPanel(QWidget* parent)
    : QWidget(parent), m_model(new JournalModel(this)), m_tree(new QTreeView(this))
{
    m_model->setTheme(themeOf(palette()));
    m_tree->setObjectName("journal");
    m_tree->setAccessibleName(tr("Design journal"));
    m_tree->setModel(m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setIconSize(QSize(11, 11));
    m_tree->setIndentation(14);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // a wider panel shows what narrowed a space
    m_tree->setAutoScroll(false);
    const QFontMetrics metrics(font());
    QHeaderView* header = m_tree->header();
    header->setStretchLastSection(true);
    header->setMinimumSectionSize(metrics.horizontalAdvance("0"));
    m_tree->setColumnWidth(JournalModel::nameColumn, metrics.horizontalAdvance("AnyNetX_D'") + 50);
    m_tree->setColumnWidth(JournalModel::countColumn, metrics.horizontalAdvance("99/120 (65)") + 14);
    m_tree->setColumnWidth(JournalModel::minColumn, metrics.horizontalAdvance("15.5") + 14);
    m_tree->setColumnWidth(JournalModel::meanColumn, metrics.horizontalAdvance("mean") + 14);

    int columns = 2 * m_tree->frameWidth();
    for (int column = 0; column < JournalModel::whyColumn; ++column)
        columns += m_tree->columnWidth(column);
    m_tree->setMinimumWidth(columns);

    auto* refine = new QPushButton(tr("&Refine..."), this);
    refine->setToolTip(tr("Narrow the selected space: its child is drawn and trained beside it (R)."));
    auto* add = new QPushButton(tr("&Add models..."), this);
    add->setToolTip(tr("Draw more models from the selected space."));
    m_buttons = {refine, add};
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(refine);
    buttons->addWidget(add);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(m_tree);
    layout->addLayout(buttons);

    setSnapshot({});

    connect(refine, &QPushButton::clicked, this, &JournalPanel::refineRequested);
    connect(add, &QPushButton::clicked, this, &JournalPanel::addModelsRequested);
    connect(m_tree, &QTreeView::doubleClicked, this, &JournalPanel::refineRequested);
    connect(m_model, &QAbstractItemModel::rowsInserted, m_tree, &QTreeView::expandAll);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (current.isValid() && !m_following)
            Q_EMIT spaceSelected(current.siblingAtColumn(0).data(JournalModel::idRole).toLongLong());
    });
}

void JournalPanel::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    m_following = true;
    m_model->setSnapshot(snapshot);
    if (snapshot && snapshot->selected) {
        const QModelIndex selected = m_model->indexOf(*snapshot->selected);
        if (m_tree->currentIndex().siblingAtColumn(0) != selected)
            m_tree->setCurrentIndex(selected);
    }
    m_following = false;
    for (QPushButton* button : m_buttons)
        button->setEnabled(snapshot && snapshot->selected && !snapshot->readOnly);
}

void JournalPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_model->setTheme(themeOf(palette()));
    QWidget::changeEvent(event);
}

} // namespace spacewright
