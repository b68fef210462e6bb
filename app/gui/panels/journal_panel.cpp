// The design journal.
#include "app/gui/panels/journal_panel.h"

#include "app/gui/panels/journal_card.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMouseEvent>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace spacewright {

JournalPanel::JournalPanel(QWidget* parent)
    : QWidget(parent), m_model(new JournalModel(this)), m_tree(makeTree()), m_step(new QPushButton(this)),
      m_aside(new QAction(m_tree))
{
    m_model->setTheme(themeOf(palette()));
    auto* refine = new QPushButton(tr("Refine..."), this);
    refine->setToolTip(tr("Narrow the selected space: its child is drawn and trained beside it (R)."));
    auto* add = new QPushButton(tr("&Add models..."), this);
    add->setToolTip(tr("Draw more models from the selected space."));
    m_step->setObjectName("paperStep");
    m_buttons = {refine, add};
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(refine);
    buttons->addWidget(add);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(m_tree);
    layout->addWidget(m_step);
    layout->addLayout(buttons);
    addMenu();
    setFocusProxy(m_tree);
    setSnapshot({});

    connect(refine, &QPushButton::clicked, this, &JournalPanel::refineRequested);
    connect(add, &QPushButton::clicked, this, &JournalPanel::addModelsRequested);
    connect(m_step, &QPushButton::clicked, this, [this] {
        m_step->setEnabled(false); // until the child is there
        Q_EMIT paperStepRequested(static_cast<qint64>(m_place.from), *m_place.step);
    });
    connect(m_tree, &QTreeView::doubleClicked, this, &JournalPanel::refineRequested);
    connect(m_model, &JournalModel::noteTyped, this, &JournalPanel::noteTyped);
    connect(m_model, &QAbstractItemModel::rowsInserted, m_tree, &QTreeView::expand);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (current.isValid() && !m_following)
            Q_EMIT spaceSelected(current.siblingAtColumn(0).data(JournalModel::idRole).toLongLong());
    });
}

QTreeView* JournalPanel::makeTree()
{
    auto* tree = new QTreeView(this);
    tree->setObjectName("journal");
    tree->setAccessibleName(tr("Design journal"));
    tree->setModel(m_model);
    tree->setItemDelegateForColumn(JournalModel::nameColumn, new JournalCard(tree));
    for (int column = JournalModel::nameColumn + 1; column < JournalModel::columns; ++column)
        tree->hideColumn(column); // the card shows them
    tree->header()->hide();
    tree->header()->setStretchLastSection(true);
    tree->setUniformRowHeights(true);
    tree->setIndentation(14);
    tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    tree->setExpandsOnDoubleClick(false);
    tree->setEditTriggers(QAbstractItemView::EditKeyPressed);
    tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tree->setMinimumWidth(220);
    tree->viewport()->installEventFilter(this);
    tree->installEventFilter(this);
    return tree;
}

void JournalPanel::addMenu()
{
    const auto add = [this](const QString& text, auto slot) {
        auto* action = new QAction(text, m_tree);
        connect(action, &QAction::triggered, this, slot);
        m_tree->addAction(action);
    };
    add(tr("Refine..."), &JournalPanel::refineRequested);
    add(tr("Add models..."), &JournalPanel::addModelsRequested);
    add(tr("Export population..."), &JournalPanel::exportRequested);
    add(tr("Edit note (F2)"), [this] { m_tree->edit(m_tree->currentIndex()); });
    m_aside->setObjectName("setAside");
    connect(m_aside, &QAction::triggered, this, [this] {
        if (const Population* space = selected())
            Q_EMIT setAsideRequested(static_cast<qint64>(space->space.id), !space->space.setAside);
    });
    m_tree->addAction(m_aside);
}

const Population* JournalPanel::selected() const
{
    return m_snapshot && m_snapshot->selected ? m_snapshot->population(*m_snapshot->selected) : nullptr;
}

void JournalPanel::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    m_snapshot = snapshot;
    m_following = true;
    m_model->setSnapshot(snapshot);
    if (selected()) {
        const QModelIndex index = m_model->indexOf(*snapshot->selected);
        if (m_tree->currentIndex().siblingAtColumn(0) != index)
            m_tree->setCurrentIndex(index);
    }
    fold();
    m_following = false;
    const bool open = selected() && !snapshot->readOnly;
    for (QPushButton* button : m_buttons)
        button->setEnabled(open);
    m_aside->setEnabled(open);
    m_aside->setText(open && selected()->space.setAside ? tr("Take up again (Del)") : tr("Set aside (Del)"));
    showPaperStep();
}

/// A branch is folded when it is set aside, and unfolded when it is taken up again; between, the person folds.
void JournalPanel::fold()
{
    if (!m_snapshot)
        return m_folded.clear();
    for (const Population& population : m_snapshot->study->populations) {
        const SpaceId id = population.space.id;
        const bool aside = population.space.setAside;
        if (aside == m_folded.contains(id))
            continue;
        m_tree->setExpanded(m_model->indexOf(id), !aside);
        aside ? void(m_folded.insert(id)) : void(m_folded.erase(id));
    }
}

void JournalPanel::showPaperStep()
{
    m_place = {};
    if (selected()) {
        std::vector<StudySpace> spaces;
        for (const Population& population : m_snapshot->study->populations)
            spaces.push_back(population.space);
        m_place = paperPlace(spaces, *m_snapshot->selected);
    }
    m_step->setVisible(m_place.step.has_value());
    if (!m_place.step)
        return;
    const QString what = QString::fromStdString(m_place.step->what), name = QString::fromStdString(m_place.step->name);
    m_step->setText(tr("Next step of the paper: %1").arg(name));
    m_step->setToolTip(
        tr("Next step of the paper: %1 (%2). 24 models; what is trained already and fits is reused.").arg(what, name));
    m_step->setAccessibleDescription(m_step->toolTip());
    m_step->setEnabled(!m_snapshot->readOnly);
}

void JournalPanel::showVerdicts(const Lineage::Verdicts& verdicts)
{
    m_model->setVerdicts(verdicts);
}

bool JournalPanel::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_tree && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        m_aside->trigger();
        return true;
    }
    if (object == m_tree->viewport() && event->type() == QEvent::MouseButtonRelease) {
        // A click on the note of the row that was current already.
        const QPoint at = static_cast<QMouseEvent*>(event)->position().toPoint();
        const QModelIndex index = m_tree->indexAt(at);
        if (index.isValid() && m_snapshot && m_snapshot->selected &&
            index.data(JournalModel::idRole).toLongLong() == static_cast<qint64>(*m_snapshot->selected) &&
            JournalCard::noteRect(m_tree->visualRect(index), m_tree->fontMetrics()).contains(at))
            m_tree->edit(index);
    }
    return QWidget::eventFilter(object, event);
}

void JournalPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_model->setTheme(themeOf(palette()));
    QWidget::changeEvent(event);
}

} // namespace spacewright
