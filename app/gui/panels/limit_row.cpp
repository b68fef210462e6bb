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

namespace {

/// "w_0" and "w4" with their index below.
QString shortTitle(const QString& key)
{
    if (key == "acts")
        return LimitRow::tr("acts");
    const bool index = key.size() == 2 && key[1].isDigit();
    if (key.startsWith("w_") || index)
        return QStringLiteral("%1<sub>%2</sub>").arg(key[0], key.mid(index ? 1 : 2));
    return key == "weight_decay" ? LimitRow::tr("decay") : key;
}

} // namespace

LimitRow::LimitRow(const std::string& parameter, QGridLayout* grid, QWidget* parent)
    : QObject(parent), m_parameter(parameter)
{
    const int row = grid->rowCount();
    const QString key = QString::fromStdString(parameter);
    auto* label = new QLabel(shortTitle(key), parent);
    label->setToolTip(explain(key));
    label->setWhatsThis(explain(key));
    grid->addWidget(label, row, 0);
    m_histogram = new RangeHistogram(key, termTitle(key), parent);
    m_histogram->setToolTip(explain(key));
    grid->addWidget(m_histogram, row, 1);
    m_low = addField(tr("Lowest %1"), grid, 2, parent);
    m_high = addField(tr("Highest %1"), grid, 3, parent);
    m_widgets = {label, m_histogram, m_low, m_high};
    connect(m_histogram, &RangeHistogram::moved, this, &LimitRow::take);
}

LimitRow::~LimitRow()
{
    qDeleteAll(m_widgets);
}

QLineEdit* LimitRow::addField(const QString& name, QGridLayout* grid, int column, QWidget* parent)
{
    const QString key = QString::fromStdString(m_parameter);
    auto* field = new QLineEdit(parent);
    field->setObjectName(key + (column == 2 ? "_low" : "_high"));
    field->setAccessibleName(name.arg(termTitle(key)));
    field->setToolTip(explain(key));
    field->setAlignment(Qt::AlignRight);
    field->setFixedWidth(field->fontMetrics().horizontalAdvance(tr("1.75 M")) + 16);
    grid->addWidget(field, grid->rowCount() - 1, column);
    connect(field, &QLineEdit::textChanged, this, [this, field] {
        placeHandles();
        Q_EMIT edited("type " + field->objectName());
    });
    return field;
}

QString LimitRow::words(double limit) const
{
    if (std::isinf(limit))
        return tr("any");
    return isComplexity(QString::fromStdString(m_parameter)) ? countText(limit) : valueText(limit);
}

void LimitRow::reset(const Limits& limits)
{
    m_low->setPlaceholderText(words(limits.low));
    m_high->setPlaceholderText(words(limits.high));
}

void LimitRow::setTexts(const LimitTexts& texts)
{
    for (const auto& [field, text] : {std::pair(m_low, texts.low), std::pair(m_high, texts.high)}) {
        const QSignalBlocker quiet(field);
        if (field->text() != text)
            field->setText(text);
    }
    placeHandles();
}

void LimitRow::setLimits(const Constraint& limits)
{
    // Not rounded: the nearest limit that leaves something may be a single number.
    const auto text = [](double limit) { return std::isinf(limit) ? QString() : QString::number(limit, 'g', 10); };
    setTexts({text(limits.low), text(limits.high)});
}

LimitTexts LimitRow::texts() const
{
    return {m_low->text(), m_high->text()};
}

void LimitRow::showSpread(const Spread& spread, const QColor& colour)
{
    m_histogram->setSpread(spread, colour);
}

void LimitRow::setVisible(bool visible)
{
    for (QWidget* widget : m_widgets)
        widget->setVisible(visible);
}

bool LimitRow::ofStage() const
{
    return m_parameter.size() == 2 && std::isdigit(static_cast<unsigned char>(m_parameter[1]));
}

void LimitRow::take(RangeHistogram::End end, double value, int gesture)
{
    const bool low = end == RangeHistogram::End::low;
    LimitTexts now = texts();
    (low ? now.low : now.high) = std::isinf(value) ? QString() : words(value);
    setTexts(now);
    Q_EMIT edited(QStringLiteral("move %1 %2 %3").arg(QString::fromStdString(m_parameter)).arg(low).arg(gesture));
}

void LimitRow::placeHandles()
{
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const Constraint typed = constraint().value_or(Constraint{});
    m_histogram->setRange(std::isnan(typed.low) ? -infinite : typed.low,
                          std::isnan(typed.high) ? infinite : typed.high);
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
