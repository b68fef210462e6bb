// The spaces of the queue.
#include "app/gui/panels/space_order.h"

#include "app/gui/charts/palette.h"

#include <QEvent>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeWidget>

namespace spacewright {

namespace {

QSpinBox* numberBox(const char* name, int least, int value, const QString& label, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setObjectName(name);
    box->setRange(least, 10'000);
    box->setValue(value);
    box->setAccessibleName(label);
    box->setToolTip(label);
    return box;
}

} // namespace

SpaceOrder::SpaceOrder(QWidget* parent)
    : QWidget(parent), m_spaces(new QTreeWidget(this)),
      m_up(button(tr("&Up"), "spaceUp", tr("Trains this space's models before those of lower priority."))),
      m_down(button(tr("&Down"), "spaceDown", tr("Trains this space's models after those of higher priority."))),
      m_more(button(tr("&More models"), "moreOfSpace", tr("Draws more models of this space."))),
      m_pursue(button(tr("Until &decided"), "untilDecided", {})),
      m_n(numberBox("moreCount", 1, 12, tr("How many more models"), this)),
      m_limit(numberBox("decisionLimit", 8, 96, tr("Models of each space at the most"), this)),
      m_sentence(new QLabel(this))
{
    m_spaces->setObjectName("spaceOrder");
    m_spaces->setAccessibleName(tr("Spaces in the queue"));
    m_spaces->setRootIsDecorated(false);
    m_spaces->setMinimumHeight(3 * fontMetrics().lineSpacing()); // on a small screen
    m_spaces->setHeaderLabels({tr("space"), tr("priority"), tr("open"), tr("trained")});
    m_spaces->headerItem()->setToolTip(1, tr("Spaces of a higher priority are trained first; equal ones take turns."));
    m_spaces->setIconSize(QSize(11, 11));
    m_spaces->header()->setStretchLastSection(false);
    m_spaces->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_spaces->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_sentence->setWordWrap(true);
    m_sentence->setObjectName("pursuit");
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(4);
    grid->addWidget(m_spaces, 0, 0, 1, 4);
    grid->addWidget(m_up, 1, 0);
    grid->addWidget(m_down, 1, 1);
    grid->addWidget(m_more, 1, 2);
    grid->addWidget(m_n, 1, 3);
    grid->addWidget(m_sentence, 2, 0, 1, 2);
    grid->addWidget(m_pursue, 2, 2);
    grid->addWidget(m_limit, 2, 3);
    grid->setRowStretch(0, 1);

    connect(m_spaces, &QTreeWidget::currentItemChanged, this, &SpaceOrder::enable);
    connect(m_up, &QPushButton::clicked, this, [this] { move(1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_more, &QPushButton::clicked, this, [this] { Q_EMIT moreWanted(selectedId(), m_n->value()); });
    connect(m_pursue, &QPushButton::clicked, this, [this] {
        if (m_pursuing)
            Q_EMIT pursuitEnded();
        else
            Q_EMIT pursuitWanted(selectedId(), m_limit->value());
    });
    showPursuit({}, false);
}

QPushButton* SpaceOrder::button(const QString& text, const char* name, const QString& explanation)
{
    auto* made = new QPushButton(text, this);
    made->setObjectName(name);
    made->setToolTip(explanation);
    return made;
}

void SpaceOrder::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    m_snapshot = snapshot;
    fill();
}

void SpaceOrder::fill()
{
    if (!m_snapshot)
        return;
    const Theme theme = themeOf(palette());
    const auto& all = m_snapshot->study->populations;
    while (m_spaces->topLevelItemCount() > static_cast<int>(all.size()))
        delete m_spaces->takeTopLevelItem(m_spaces->topLevelItemCount() - 1);
    while (m_spaces->topLevelItemCount() < static_cast<int>(all.size()))
        new QTreeWidgetItem(m_spaces);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Population& population = all[i];
        QTreeWidgetItem* item = m_spaces->topLevelItem(static_cast<int>(i));
        const auto open = population.counts.waiting + population.counts.running;
        item->setText(0, QString::fromStdString(population.space.space.name));
        item->setIcon(0, markerIcon(spaceStyle(static_cast<int>(i), theme)));
        item->setText(1, population.space.priority == 0 ? tr("0, in turn")
                                                        : QString::asprintf("%+d", population.space.priority));
        item->setText(2, QString::number(open));
        item->setText(3, QString::number(population.counts.total() - open));
        for (const int column : {2, 3})
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
    if (!m_spaces->currentItem() && m_spaces->topLevelItemCount() > 0)
        m_spaces->setCurrentItem(m_spaces->topLevelItem(m_spaces->topLevelItemCount() - 1));
    enable();
}

const Population* SpaceOrder::selected() const
{
    const int row = m_spaces->indexOfTopLevelItem(m_spaces->currentItem());
    const bool known = m_snapshot && row >= 0 && row < static_cast<int>(m_snapshot->study->populations.size());
    return known ? &m_snapshot->study->populations[static_cast<std::size_t>(row)] : nullptr;
}

qint64 SpaceOrder::selectedId() const
{
    return static_cast<qint64>(selected()->space.id);
}

void SpaceOrder::move(int by)
{
    if (const Population* population = selected())
        Q_EMIT priorityWanted(selectedId(), population->space.priority + by);
}

void SpaceOrder::enable()
{
    const Population* population = selected();
    const bool writable = population && !m_snapshot->readOnly;
    for (QPushButton* one : {m_up, m_down, m_more})
        one->setEnabled(writable);
    const bool hasParent = population && population->space.parent;
    m_pursue->setEnabled(m_pursuing || (writable && hasParent));
    m_pursue->setToolTip(hasParent || m_pursuing
                             ? tr("Draws and trains models of this space and its parent, in steps that the power "
                                  "computation asks for, until the verdict between them is decided or each has as many "
                                  "models as are set here. For as long as this window has the study open.")
                             : tr("A space without a parent has nothing to be decided against."));
}

void SpaceOrder::showPursuit(const QString& sentence, bool active)
{
    m_pursuing = active;
    m_sentence->setText(sentence);
    m_sentence->setToolTip(sentence);
    m_pursue->setText(active ? tr("S&top deciding") : tr("Until &decided"));
    enable();
}

void SpaceOrder::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        fill();
    QWidget::changeEvent(event);
}

} // namespace spacewright
