// One row of the space editor.
#include "app/gui/panels/limit_row.h"

#include "app/gui/format.h"
#include "app/gui/terms.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <algorithm>
#include <cmath>

namespace spacewright {

Limits limitsOf(const Space& space, const std::string& parameter)
{
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const bool regNet = space.family == Space::Family::regNet;
    Limits limits{-infinite, infinite};
    const auto from = [&](const Distribution& distribution, int times = 1) {
        limits = {times * distribution.low, times * distribution.high};
    };
    if (parameter == "d")
        from(space.depth, regNet ? 1 : space.stages);
    else if (parameter == "b")
        from(space.bottleneckRatio);
    else if (parameter == "g")
        from(space.groupWidth);
    else if (parameter == "w" && !regNet)
        from(space.width);
    else if (parameter == "w_0")
        from(space.initialWidth);
    else if (parameter == "w_a")
        from(space.slope);
    else if (parameter == "w_m")
        from(space.multiplier);
    for (const Constraint& constraint : space.constraints)
        if (constraint.kind == Constraint::Kind::range && constraint.parameter == parameter) {
            limits.low = std::max(limits.low, constraint.low);
            limits.high = std::min(limits.high, constraint.high);
        }
    return limits;
}

LimitRow::LimitRow(const std::string& parameter, QGridLayout* grid, QWidget* parent)
    : QObject(parent), m_parameter(parameter)
{
    const int row = grid->rowCount();
    const QString key = QString::fromStdString(parameter);
    auto* label = new QLabel(termTitle(key), parent);
    label->setToolTip(explain(key));
    label->setWhatsThis(explain(key));
    grid->addWidget(label, row, 0);
    m_low = addField(tr("Lowest %1"), grid, 1, parent);
    auto* to = new QLabel(tr("to"), parent);
    grid->addWidget(to, row, 2, Qt::AlignCenter);
    m_high = addField(tr("Highest %1"), grid, 3, parent);
    grid->setRowMinimumHeight(row, m_low->sizeHint().height());
}

QLineEdit* LimitRow::addField(const QString& name, QGridLayout* grid, int column, QWidget* parent)
{
    const QString key = QString::fromStdString(m_parameter);
    auto* field = new QLineEdit(parent);
    field->setObjectName(key + (column == 1 ? "_low" : "_high"));
    field->setAccessibleName(name.arg(termTitle(key)));
    field->setToolTip(explain(key));
    field->setAlignment(Qt::AlignRight);
    field->setFixedWidth(field->fontMetrics().horizontalAdvance(tr("no limit")) + 16);
    grid->addWidget(field, grid->rowCount() - 1, column);
    connect(field, &QLineEdit::textChanged, this, &LimitRow::edited);
    return field;
}

void LimitRow::reset(const Limits& limits)
{
    const auto words = [this](double limit) {
        if (std::isinf(limit))
            return tr("no limit");
        return isComplexity(QString::fromStdString(m_parameter)) ? countText(limit) : valueText(limit);
    };
    for (QLineEdit* field : {m_low, m_high}) {
        const QSignalBlocker quiet(field);
        field->clear();
        field->setPlaceholderText(words(field == m_low ? limits.low : limits.high));
    }
}

void LimitRow::setEnabled(bool enabled)
{
    m_low->setEnabled(enabled);
    m_high->setEnabled(enabled);
}

std::optional<Constraint> LimitRow::constraint() const
{
    Constraint constraint;
    constraint.parameter = m_parameter;
    if (m_low->text().trimmed().isEmpty() && m_high->text().trimmed().isEmpty())
        return std::nullopt;
    if (!m_low->text().trimmed().isEmpty())
        constraint.low = countFrom(m_low->text());
    if (!m_high->text().trimmed().isEmpty())
        constraint.high = countFrom(m_high->text());
    return constraint;
}

QString LimitRow::problem() const
{
    const std::optional<Constraint> typed = constraint();
    if (!typed)
        return {};
    const QString title = termTitle(QString::fromStdString(m_parameter));
    if (std::isnan(typed->low) || std::isnan(typed->high))
        return tr("The limit on %1 is not a number. Write it as 64 or 1.5 M.").arg(title);
    if (typed->low > typed->high)
        return tr("The lowest %1 is above the highest.").arg(title);
    return {};
}

} // namespace spacewright
