// Parallel coordinates, and the way from their ranges to a narrower space.
#include "app/gui/panels/parallel_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace spacewright {

ParallelPanel::ParallelPanel(Selection& selection, QWidget* parent)
    : QWidget(parent), m_view(new ParallelView(selection, this)), m_narrow(new QPushButton(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_narrow->setObjectName("narrowAll");
    m_narrow->setToolTip(
        tr("Makes the ranges constraints: they go to the space panel, where their price is shown before "
           "a child is made."));
    auto* top = new QHBoxLayout;
    top->setContentsMargins(10, 6, 10, 0);
    auto* words = new QLabel(tr("each line is a model; drag along an axis to keep a range"));
    words->setWordWrap(true); // else it alone makes the window wider than a laptop's screen
    top->addWidget(words, 1);
    top->addWidget(m_narrow);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 4);
    layout->addLayout(top);
    layout->addWidget(m_view, 1);
    setFocusProxy(m_view);
    connect(m_view, &ParallelView::rangesChanged, this, &ParallelPanel::offerRanges);
    connect(m_narrow, &QPushButton::clicked, this, [this] {
        for (const Constraint& constraint : m_view->constraints())
            Q_EMIT constraintChosen(constraint);
    });
    offerRanges();
}

void ParallelPanel::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    m_readOnly = snapshot->readOnly;
    m_view->setSnapshot(snapshot);
    offerRanges();
}

void ParallelPanel::offerRanges()
{
    const auto n = m_view->constraints().size();
    m_narrow->setText(n == 1 ? tr("&Narrow to this range") : tr("&Narrow to these ranges"));
    m_narrow->setEnabled(n > 0 && !m_readOnly);
}

} // namespace spacewright
