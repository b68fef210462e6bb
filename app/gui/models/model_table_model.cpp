// The models of a study as a table.
#include "app/gui/models/model_table_model.h"

#include "app/gui/format.h"
#include "app/gui/terms.h"

#include <algorithm>
#include <set>

namespace spacewright {

namespace {

QStringList columnsFor(const StudyView& study)
{
    std::size_t stages = 0;
    for (const Population& population : study.populations)
        for (const Model& model : population.models)
            stages = std::max(stages, model.sample.network.stages.size());
    QStringList columns{"#", "error", "d"};
    for (std::size_t stage = 1; stage <= stages; ++stage)
        columns << QStringLiteral("w%1").arg(stage);
    columns << "b"
            << "g"
            << "flops"
            << "params"
            << "space"
            << "state";
    return columns;
}

/// "1", or "1 2 1 4" where stages differ.
QString perStage(const Network& network, double Stage::*field)
{
    QStringList texts;
    for (const Stage& stage : network.stages)
        texts << valueText(stage.*field);
    return std::set<QString>(texts.begin(), texts.end()).size() == 1 ? texts.front() : texts.join(' ');
}

QString perStage(const Network& network, int Stage::*field)
{
    QStringList texts;
    for (const Stage& stage : network.stages)
        texts << QString::number(stage.*field);
    return std::set<QString>(texts.begin(), texts.end()).size() == 1 ? texts.front() : texts.join(' ');
}

} // namespace

ModelTableModel::ModelTableModel(const Selection& selection, QObject* parent)
    : QAbstractTableModel(parent), m_selection(selection)
{
    connect(&selection, &Selection::changed, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1),
                               {Qt::BackgroundRole, Qt::ForegroundRole});
    });
}

void ModelTableModel::setSnapshot(std::shared_ptr<const Snapshot> snapshot)
{
    std::vector<Row> rows;
    if (snapshot) {
        int index = 0;
        for (const Population& population : snapshot->study->populations) {
            for (const Model& model : population.models)
                if (!isReused(population, model)) // its row is there already
                    rows.push_back({&model, &population.space, index});
            ++index;
        }
        std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.model->id < b.model->id; });
    }
    const QStringList columns = snapshot ? columnsFor(*snapshot->study) : QStringList();
    const bool grown = columns == m_columns && rows.size() >= m_rows.size() &&
                       std::equal(m_rows.begin(), m_rows.end(), rows.begin(),
                                  [](const Row& a, const Row& b) { return a.model->id == b.model->id; });
    if (!grown) {
        beginResetModel();
        m_snapshot = std::move(snapshot);
        m_rows = std::move(rows);
        m_columns = columns;
        endResetModel();
        return;
    }
    const int before = static_cast<int>(m_rows.size());
    const int after = static_cast<int>(rows.size());
    const std::shared_ptr<const Snapshot> old = std::exchange(m_snapshot, std::move(snapshot));
    std::vector<Row> tail(rows.begin() + before, rows.end());
    rows.resize(static_cast<std::size_t>(before));
    m_rows.swap(rows);
    for (int row = 0; row < before; ++row) {
        const Model& was = *rows[static_cast<std::size_t>(row)].model;
        const Model& is = *m_rows[static_cast<std::size_t>(row)].model;
        if (was.state != is.state || was.error != is.error)
            Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
    }
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_rows.insert(m_rows.end(), tail.begin(), tail.end());
        endInsertRows();
    }
}

void ModelTableModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::DecorationRole});
}

int ModelTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ModelTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant ModelTableModel::value(const Row& row, const QString& key) const
{
    if (key == "#")
        return static_cast<qlonglong>(row.model->id);
    if (key == "error") // models without one come last in either sense of "best first"
        return row.model->error ? QVariant(*row.model->error) : QVariant(1e9);
    if (key == "space")
        return row.spaceIndex;
    if (key == "state")
        return static_cast<int>(row.model->state);
    if (const std::optional<double> value = parameterValue(row.model->sample, key.toStdString()))
        return *value;
    if (key == "b" && !row.model->sample.network.stages.empty())
        return row.model->sample.network.stages.front().bottleneckRatio;
    if (key == "g" && !row.model->sample.network.stages.empty())
        return row.model->sample.network.stages.front().groupWidth;
    return -1.0;
}

QString ModelTableModel::text(const Row& row, const QString& key) const
{
    if (key == "error")
        return row.model->error ? errorText(*row.model->error) : QString();
    if (key == "space")
        return QString::fromStdString(row.space->space.name);
    if (key == "state")
        return QString::fromStdString(toText(row.model->state));
    if (key == "b")
        return perStage(row.model->sample.network, &Stage::bottleneckRatio);
    if (key == "g")
        return perStage(row.model->sample.network, &Stage::groupWidth);
    const double number = value(row, key).toDouble();
    if (number < 0)
        return {};
    return isComplexity(key) ? countText(number) : valueText(number);
}

QVariant ModelTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const QString& column = key(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case sortRole:
        return value(row, column);
    case idRole:
        return static_cast<qlonglong>(row.model->id);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (column == "space" || column == "state" ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::ToolTipRole:
        if (column == "state" && !row.model->reason.empty())
            return QString::fromStdString(row.model->reason);
        if (isComplexity(column))
            return QStringLiteral("%L1").arg(value(row, column).toDouble(), 0, 'f', 0);
        return {};
    case Qt::DecorationRole:
        if (column == "space")
            return markerIcon(spaceStyle(row.spaceIndex, m_theme));
        return {};
    case Qt::BackgroundRole:
        return m_selection.contains(row.model->id) ? QVariant(m_theme.band) : QVariant();
    case Qt::ForegroundRole:
        return m_selection.recedes(row.model->id) ? QVariant(m_theme.muted) : QVariant();
    default:
        return {};
    }
}

QVariant ModelTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
        return {};
    const QString& column = key(section);
    if (role == Qt::DisplayRole)
        return column == "error" ? tr("error %") : column;
    if (role == Qt::ToolTipRole)
        return explain(column);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (column == "space" || column == "state" ? Qt::AlignLeft : Qt::AlignRight));
    return {};
}

} // namespace spacewright
