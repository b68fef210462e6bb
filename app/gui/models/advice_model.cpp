// Refinement advice as a table.
#include "app/gui/models/advice_model.h"

#include "app/gui/format.h"
#include "app/gui/terms.h"

#include <QFont>
#include <array>

namespace spacewright {

namespace {

/// A column: its heading, the term that explains it, and what it says of a constraint.
struct Column {
    const char* heading;
    const char* term;
    QString (*text)(const Advice&);
};

QString constraintText(const Advice& a)
{
    return QString::fromStdString(describe(a.constraint));
}

QString modelsText(const Advice& a)
{
    return QString::number(a.models);
}

QString dimensionsText(const Advice& a)
{
    return a.dimensionsRemoved > 0 ? QString::number(a.dimensionsRemoved) : QStringLiteral("-");
}

QString edfText(const Advice& a)
{
    return a.edf ? QStringLiteral("[%1 | %2]").arg(errorText(a.edf->min), errorText(a.edf->mean)) : QStringLiteral("-");
}

QString bandText(const Advice& a)
{
    return a.edf ? QString::number(dkwHalfWidth(a.edf->n()), 'f', 2) : QStringLiteral("-");
}

QString differenceText(const Advice& a)
{
    if (!a.comparison)
        return QStringLiteral("-");
    const auto points = [](double value) { return QString::asprintf("%+.1f", value); };
    return AdviceModel::tr("%1 (%2 to %3)")
        .arg(points(a.comparison->meanDifference), points(a.comparison->meanLow), points(a.comparison->meanHigh));
}

QString verdictText(const Advice& a)
{
    return QString::fromStdString(toText(a.verdict));
}

constexpr std::array<Column, 7> columns{
    {{QT_TRANSLATE_NOOP("AdviceModel", "constraint"), "constraint", constraintText},
     {QT_TRANSLATE_NOOP("AdviceModel", "models"), "reuse", modelsText},
     {QT_TRANSLATE_NOOP("AdviceModel", "dim. less"), "dimensions", dimensionsText},
     {QT_TRANSLATE_NOOP("AdviceModel", "[min | mean]"), "mean", edfText},
     {QT_TRANSLATE_NOOP("AdviceModel", "+- F"), "dkw", bandText},
     {QT_TRANSLATE_NOOP("AdviceModel", "mean against the rest"), "difference", differenceText},
     {QT_TRANSLATE_NOOP("AdviceModel", "verdict"), "advice", verdictText}}};

} // namespace

void AdviceModel::setAdvice(std::vector<Advice> list)
{
    beginResetModel();
    m_list = std::move(list);
    endResetModel();
}

int AdviceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_list.size());
}

int AdviceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns.size());
}

QVariant AdviceModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Advice& advice = adviceAt(index.row());
    const bool words = index.column() == 0 || index.column() == columnCount() - 1;
    switch (role) {
    case Qt::DisplayRole:
        return columns[static_cast<std::size_t>(index.column())].text(advice);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (words ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::FontRole: {
        QFont font;
        font.setBold(advice.verdict == AdviceVerdict::better);
        return font;
    }
    default:
        return {};
    }
}

QVariant AdviceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column& column = columns[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return tr(column.heading);
    if (role == Qt::ToolTipRole)
        return explain(QString::fromLatin1(column.term));
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (section == 0 || section == columnCount() - 1 ? Qt::AlignLeft : Qt::AlignRight));
    return {};
}

} // namespace spacewright
