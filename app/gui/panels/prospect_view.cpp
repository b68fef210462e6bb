// What the edited space would give.
#include "app/gui/panels/prospect_view.h"

#include "app/gui/charts/small_edf.h"
#include "app/gui/format.h"
#include "app/gui/panels/silhouettes.h"
#include "app/gui/terms.h"
#include "core/duration.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace spacewright {

ProspectView::ProspectView(QWidget* parent)
    : QWidget(parent), m_size(line("size", "size")), m_acceptance(line("acceptance", "acceptance")),
      m_trained(line("trained", "reuse")), m_time(line("time", "time")), m_edf(new SmallEdf),
      m_examples(new Silhouettes), m_below(new QStackedWidget)
{
    m_size->setContentsMargins(0, 2, 0, 0); // an exponent is higher than its line
    m_trained->setWordWrap(true);
    m_trained->setMinimumHeight(2 * m_trained->fontMetrics().lineSpacing());
    m_trained->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_edf->setAccessibleName(tr("EDF of the models that are trained already, before that of the whole space"));
    m_edf->setToolTip(explain(QStringLiteral("edf")));
    m_examples->setObjectName("examples");
    m_examples->setAccessibleName(tr("Twelve example networks, width of each block"));
    m_below->setFixedHeight(2 * 66);
    m_below->addWidget(m_examples);
    m_below->addWidget(new QWidget);
    auto* trained = new QHBoxLayout;
    trained->addWidget(m_trained, 1);
    trained->addWidget(m_edf);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(3);
    form->addRow(tr("size"), m_size);
    form->addRow(tr("accepts"), m_acceptance);
    form->addRow(tr("trained"), trained);
    form->addRow(tr("time"), m_time);
    form->addRow(m_below);
}

QLabel* ProspectView::line(const char* name, const QString& term)
{
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setToolTip(explain(term));
    return label;
}

void ProspectView::show(const Prospect& prospect, const Population& parent, const QColor& colour, bool narrowed)
{
    const double share =
        prospect.proposals > 0 ? static_cast<double>(prospect.accepted) / static_cast<double>(prospect.proposals) : 0;
    m_acceptance->setText(tr("%1 of the networks drawn").arg(shareText(share)));
    m_size->setText(
        narrowed ? tr("%1 designs, before %2").arg(powerText(prospect.log10After), powerText(prospect.log10Before))
                 : tr("%1 designs").arg(powerText(prospect.log10Before)));
    const qlonglong all = parent.edf ? parent.edf->n() : 0;
    const QString name = QString::fromStdString(parent.space.space.name);
    QString trained = !all        ? tr("no model of %1 yet").arg(name)
                      : !narrowed ? tr("all %1 of %2").arg(all).arg(name)
                                  : tr("%1 of %2's %3").arg(prospect.reusable).arg(name).arg(all);
    if (prospect.reusableEdf)
        trained += tr("\n[%1 | %2]").arg(errorText(prospect.reusableEdf->min), errorText(prospect.reusableEdf->mean));
    m_trained->setText(trained);
    m_edf->setEdfs(parent.edf, prospect.reusableEdf, colour);
    m_examples->setSamples(prospect.examples, colour, 6);
}

void ProspectView::showTime(std::int64_t n, std::int64_t reusable, double secondsPerModel)
{
    if (n <= 0)
        return m_time->setText(tr("known once something is narrowed"));
    const std::int64_t missing = std::max<std::int64_t>(0, n - reusable);
    if (missing == 0)
        m_time->setText(tr("none: n = %1 at once").arg(std::max(n, reusable)));
    else if (secondsPerModel <= 0)
        m_time->setText(tr("known after the first result"));
    else
        m_time->setText(tr("about %1 to n = %2, one worker")
                            .arg(QString::fromStdString(durationText(static_cast<double>(missing) * secondsPerModel)))
                            .arg(n));
}

void ProspectView::offer(const QList<QPushButton*>& buttons)
{
    QWidget* before = m_below->widget(1);
    m_below->removeWidget(before);
    before->deleteLater(); // it may hold the button that was just clicked
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QPushButton* button : buttons)
        layout->addWidget(button);
    layout->addStretch();
    m_below->addWidget(page);
    m_below->setCurrentIndex(buttons.isEmpty() ? 0 : 1);
}

void ProspectView::clear()
{
    for (QLabel* label : {m_size, m_acceptance, m_trained, m_time})
        label->clear();
    m_edf->setEdfs({}, {}, {});
    m_examples->setSamples({}, QColor(), 6);
}

} // namespace spacewright
