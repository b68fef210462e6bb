// The layers of a network as a table.
#include "app/gui/models/layer_model.h"

#include "app/gui/format.h"
#include "app/gui/terms.h"

#include <algorithm>
#include <array>

namespace spacewright {

namespace {

struct Heading {
    const char* text;
    const char* explanation;
};

constexpr std::array<Heading, LayerModel::columns> headings{
    {{QT_TRANSLATE_NOOP("LayerModel", "layer"),
      QT_TRANSLATE_NOOP("LayerModel", "As in the weights' file: s2.b1 is the first block of stage 2.")},
     {QT_TRANSLATE_NOOP("LayerModel", "flops"), nullptr},
     {QT_TRANSLATE_NOOP("LayerModel", "params"), nullptr},
     {QT_TRANSLATE_NOOP("LayerModel", "acts"), nullptr},
     {QT_TRANSLATE_NOOP("LayerModel", "time"),
      QT_TRANSLATE_NOOP("LayerModel", "Share of a training step, forward and backward, measured on this machine's CPU. "
                                      "What is computed in one pass counts for the last of its layers.")},
     {QT_TRANSLATE_NOOP("LayerModel", "pixels"),
      QT_TRANSLATE_NOOP("LayerModel", "Height and width of what comes out, where they change: before and after.")},
     {QT_TRANSLATE_NOOP("LayerModel", "channels"),
      QT_TRANSLATE_NOOP("LayerModel", "Channels of what goes in and what comes out.")},
     {QT_TRANSLATE_NOOP("LayerModel", "operation"),
      QT_TRANSLATE_NOOP("LayerModel", "The convolution or pool, and what follows it before the next one.")}}};

bool isWords(int column)
{
    return column == LayerModel::name || column == LayerModel::kind;
}

QString arrow(int from, int to)
{
    return from == to ? QString::number(to) : QStringLiteral("%1 → %2").arg(from).arg(to);
}

QString followingText(Op op)
{
    switch (op) {
    case Op::batchNorm:
        return LayerModel::tr("norm");
    case Op::relu:
        return LayerModel::tr("relu");
    case Op::silu:
        return LayerModel::tr("silu");
    case Op::add:
        return LayerModel::tr("add");
    default:
        return LayerModel::tr("linear");
    }
}

QString kindText(const LayerRow& row)
{
    const Layer& layer = row.layer;
    if (layer.op == Op::globalPool && !row.then.empty() && row.then.back() == Op::scale)
        return LayerModel::tr("squeeze and excitation");
    QString text = layer.op == Op::globalPool ? LayerModel::tr("mean pool")
                   : layer.op == Op::maxPool  ? LayerModel::tr("%1x%1 max pool").arg(layer.kernel)
                                              : LayerModel::tr("%1x%1 conv").arg(layer.kernel);
    if (layer.stride > 1)
        text += LayerModel::tr(" /%1").arg(layer.stride);
    if (layer.groups > 1)
        text += LayerModel::tr(", %1 groups").arg(layer.groups);
    for (const Op op : row.then)
        text += LayerModel::tr(" + %1").arg(followingText(op));
    return text;
}

} // namespace

void LayerModel::setRows(std::vector<LayerRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    m_shares.clear();
    endResetModel();
}

void LayerModel::setShares(std::vector<double> shares)
{
    m_shares = std::move(shares);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, time), index(rowCount() - 1, time));
}

int LayerModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LayerModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant LayerModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const LayerRow& shown = m_rows[row];
    const std::int64_t counts[]{shown.complexity.flops, shown.complexity.params, shown.complexity.activations};
    const bool isCount = index.column() >= flops && index.column() <= activations;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isWords(index.column()) ? Qt::AlignLeft : Qt::AlignRight));
    if (role == Qt::ToolTipRole && isCount)
        return QStringLiteral("%L1").arg(static_cast<qlonglong>(counts[index.column() - flops]));
    if (role == Qt::ToolTipRole && index.column() == kind)
        return kindText(shown);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case name:
        return QString::fromStdString(shown.layer.name);
    case kind:
        return kindText(shown);
    case resolution:
        return arrow(shown.layer.inSize, shown.outSize);
    case channels:
        return arrow(shown.layer.inWidth, shown.outWidth);
    case time:
        return row < m_shares.size() ? shareText(m_shares[row]) : QStringLiteral("-");
    default:
        return countText(static_cast<double>(counts[index.column() - flops]));
    }
}

QVariant LayerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    const Heading& heading = headings[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return tr(heading.text);
    if (role == Qt::ToolTipRole)
        return heading.explanation ? tr(heading.explanation) : explain(QString::fromLatin1(heading.text));
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isWords(section) ? Qt::AlignLeft : Qt::AlignRight));
    return {};
}

} // namespace spacewright
