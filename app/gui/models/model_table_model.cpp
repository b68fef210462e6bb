// The models of a study as a table.
#include "app/gui/models/model_table_model.h"

#include "app/gui/terms.h"

#include <algorithm>

namespace spacewright {

ModelTableModel::ModelTableModel(const Selection& selection, QObject* parent)
    : QAbstractTableModel(parent), m_selection(selection), m_rows(std::make_shared<const ModelRows>())
{
    connect(&selection, &Selection::changed, this, [this] {
        if (m_onlySelected)
            rearrange();
        else if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1),
                               {Qt::BackgroundRole, Qt::ForegroundRole});
    });
}

void ModelTableModel::setSnapshot(std::shared_ptr<const Snapshot> snapshot)
{
    const auto& models = snapshot->rows->models;
    const bool grown = snapshot->rows->keys == m_rows->keys && models.size() >= m_rows->size() &&
                       std::equal(m_rows->models.begin(), m_rows->models.end(), models.begin(),
                                  [](const auto& a, const auto& b) { return a == b || a->id == b->id; });
    if (grown && m_filter.empty() && !m_onlySelected)
        return takeGrown(std::move(snapshot));
    beginResetModel();
    m_snapshot = std::move(snapshot);
    m_rows = m_snapshot->rows;
    listShown();
    sortShown();
    endResetModel();
}

/// The rows that were there, with new values or not, and more behind them.
void ModelTableModel::takeGrown(std::shared_ptr<const Snapshot> snapshot)
{
    const std::shared_ptr<const ModelRows> old = m_rows;
    m_snapshot = std::move(snapshot);
    m_rows = m_snapshot->rows;
    std::vector<bool> changed(m_rows->size(), true);
    for (std::size_t i = 0; i < old->size(); ++i)
        changed[i] = m_rows->models[i] != old->models[i];
    if (m_rows->size() > old->size()) {
        beginInsertRows({}, static_cast<int>(old->size()), static_cast<int>(m_rows->size()) - 1);
        for (std::size_t i = old->size(); i < m_rows->size(); ++i)
            m_shown.push_back(i);
        endInsertRows();
    }
    if (std::find(changed.begin(), changed.end(), true) == changed.end())
        return;
    sortInPlace();
    const auto first = std::find_if(m_shown.begin(), m_shown.end(), [&](std::size_t row) { return changed[row]; });
    const auto end =
        std::find_if(m_shown.rbegin(), m_shown.rend(), [&](std::size_t row) { return changed[row]; }).base();
    Q_EMIT dataChanged(index(static_cast<int>(first - m_shown.begin()), 0),
                       index(static_cast<int>(end - m_shown.begin()) - 1, columnCount() - 1));
}

/// The same rows in another order; views keep what is current and marked.
void ModelTableModel::sortInPlace()
{
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const std::vector<std::size_t> before = m_shown;
    sortShown();
    std::vector<int> placeOf(m_rows->size());
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        placeOf[m_shown[i]] = static_cast<int>(i);
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    for (const QModelIndex& one : from)
        to << index(placeOf[before[static_cast<std::size_t>(one.row())]], one.column());
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

bool ModelTableModel::isShown(std::size_t row) const
{
    return (m_filter.empty() || m_rows->text[row]->find(m_filter) != std::string::npos) &&
           (!m_onlySelected || m_selection.contains(m_rows->models[row]->id));
}

void ModelTableModel::listShown()
{
    m_shown.clear();
    for (std::size_t row = 0; row < m_rows->size(); ++row)
        if (isShown(row))
            m_shown.push_back(row);
}

/// Equal rows stand in order of id, either way.
void ModelTableModel::sortShown()
{
    std::sort(m_shown.begin(), m_shown.end());
    if (m_sorted < 0 || m_sorted >= columnCount())
        return;
    const std::vector<double>& numbers = m_rows->numbers[static_cast<std::size_t>(m_sorted)];
    const double sign = m_order == Qt::AscendingOrder ? 1 : -1;
    std::vector<std::pair<double, std::size_t>> keyed;
    keyed.reserve(m_shown.size());
    for (const std::size_t row : m_shown)
        keyed.emplace_back(sign * numbers[row], row);
    std::sort(keyed.begin(), keyed.end());
    std::transform(keyed.begin(), keyed.end(), m_shown.begin(), [](const auto& one) { return one.second; });
}

void ModelTableModel::rearrange()
{
    beginResetModel();
    listShown();
    sortShown();
    endResetModel();
}

void ModelTableModel::setFilter(const QString& text, bool onlySelected)
{
    m_filter = text.toLower().toStdString();
    m_onlySelected = onlySelected;
    rearrange();
}

void ModelTableModel::sort(int column, Qt::SortOrder order)
{
    m_sorted = column;
    m_order = order;
    sortInPlace();
}

int ModelTableModel::rowOf(ModelId model) const
{
    const auto found = std::lower_bound(m_rows->models.begin(), m_rows->models.end(), model,
                                        [](const ModelList::Pointer& one, ModelId id) { return one->id < id; });
    if (found == m_rows->models.end() || (*found)->id != model)
        return -1;
    const auto row =
        std::find(m_shown.begin(), m_shown.end(), static_cast<std::size_t>(found - m_rows->models.begin()));
    return row == m_shown.end() ? -1 : static_cast<int>(row - m_shown.begin());
}

void ModelTableModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::DecorationRole});
}

int ModelTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int ModelTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows->keys.size());
}

QVariant ModelTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const std::size_t row = m_shown[static_cast<std::size_t>(index.row())];
    const Model& model = *m_rows->models[row];
    const int space = m_rows->spaces[row];
    const std::string& column = key(index.column());
    const double number = m_rows->numbers[static_cast<std::size_t>(index.column())][row];
    switch (role) {
    case Qt::DisplayRole:
        return cellText(model, m_snapshot->study->populations[static_cast<std::size_t>(space)].space.space.name,
                        column);
    case sortRole:
        return number;
    case idRole:
        return static_cast<qlonglong>(model.id);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (column == "space" || column == "state" ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::ToolTipRole:
        if (column == "state" && !model.reason.empty())
            return QString::fromStdString(model.reason);
        if (isComplexity(QString::fromStdString(column)))
            return QStringLiteral("%L1").arg(number, 0, 'f', 0);
        return {};
    case Qt::DecorationRole:
        if (column == "space")
            return markerIcon(spaceStyle(space, m_theme));
        return {};
    case Qt::BackgroundRole:
        return m_selection.contains(model.id) ? QVariant(m_theme.band) : QVariant();
    case Qt::ForegroundRole:
        return m_selection.recedes(model.id) ? QVariant(m_theme.muted) : QVariant();
    default:
        return {};
    }
}

QVariant ModelTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const QString column = QString::fromStdString(key(section));
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
