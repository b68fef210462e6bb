// Refinement advice for the selected space.
#include "app/gui/panels/advice_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace spacewright {

AdvicePanel::AdvicePanel(QWidget* parent)
    : QWidget(parent), m_question(new Question(this)), m_model(new AdviceModel(this)), m_table(new QTableView(this)),
      m_sentence(new QLabel(this)), m_use(new QPushButton(tr("&Narrow by it"), this))
{
    m_sentence->setObjectName("recommendation");
    m_sentence->setAccessibleName(tr("What is advised"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_table->setObjectName("advice");
    m_table->setAccessibleName(tr("Constraints and what they would do"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(QFontMetrics(font()).height() + 6);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_use->setObjectName("useAdvice");
    m_use->setToolTip(tr("Switches the constraint on in the space panel, where its consequences are seen."));
    m_use->setEnabled(false);
    auto* top = new QHBoxLayout;
    top->addWidget(m_sentence, 1);
    top->addWidget(m_use, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 4);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    setFocusProxy(m_table);

    connect(m_question, &Question::wanted, this, &AdvicePanel::adviceWanted);
    connect(m_use, &QPushButton::clicked, this, &AdvicePanel::choose);
    connect(m_table, &QTableView::activated, this, &AdvicePanel::choose);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { m_use->setEnabled(m_table->currentIndex().isValid() && !m_question->snapshot()->readOnly); });
}

void AdvicePanel::showAdvice(const AdviceResult& result)
{
    const std::optional<Constraint> chosen =
        m_table->currentIndex().isValid() ? std::optional(m_model->adviceAt(m_table->currentIndex().row()).constraint)
                                          : std::nullopt;
    m_model->setAdvice(result.list);
    m_sentence->setText(QString::fromStdString(result.sentence));
    m_table->resizeColumnsToContents();
    for (int column = 0; column < m_model->columnCount(); ++column)
        m_table->setColumnWidth(column, m_table->columnWidth(column) + 14);
    m_use->setEnabled(false);
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_model->adviceAt(row).constraint == chosen)
            m_table->selectRow(row);
}

void AdvicePanel::choose()
{
    if (m_table->currentIndex().isValid() && m_use->isEnabled())
        Q_EMIT constraintChosen(m_model->adviceAt(m_table->currentIndex().row()).constraint);
}

} // namespace spacewright
