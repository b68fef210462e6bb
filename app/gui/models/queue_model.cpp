// The queue as a table.
#include "app/gui/models/queue_model.h"

#include "app/gui/format.h"
#include "core/duration.h"

#include <algorithm>
#include <unordered_map>

namespace spacewright {

namespace {

enum Column { position, network, space, predicted, state, columns };

} // namespace

bool isProblem(const Model& model)
{
    return model.state == ModelState::failed || model.state == ModelState::diverged ||
           model.state == ModelState::stopped;
}

bool QueueModel::Row::operator==(const Row& other) const
{
    return model->id == other.model->id && model->state == other.model->state && model->isNext == other.model->isNext &&
           position == other.position && seconds == other.seconds;
}

void QueueModel::setSnapshot(std::shared_ptr<const Snapshot> snapshot)
{
    std::vector<Row> rows, problems;
    if (snapshot) {
        std::unordered_map<ModelId, Row> all;
        int index = 0;
        for (const Population& population : snapshot->study->populations) {
            for (const Model& model : population.models)
                if (!isReused(population, model)) {
                    const Row row{&model, &population.space, index, 0, {}};
                    if (isProblem(model))
                        problems.push_back(row);
                    else if (model.state != ModelState::finished)
                        all.emplace(model.id, row);
                }
            ++index;
        }
        const OpenWork& open = snapshot->study->open;
        const auto add = [&](const OpenTraining& one, int at) {
            const auto found = all.find(one.id);
            if (found == all.end())
                return;
            rows.push_back(found->second);
            rows.back().position = at;
            if (open.costs)
                rows.back().seconds = open.costs->seconds(one.work);
        };
        for (const OpenTraining& one : open.running)
            add(one, 0);
        for (std::size_t i = 0; i < open.waiting.size(); ++i)
            add(open.waiting[i], static_cast<int>(i) + 1);
    }
    const int count = static_cast<int>(problems.size());
    rows.insert(rows.end(), problems.begin(), problems.end());
    if (rows.size() == m_rows.size()) {
        // Rows stay where they are as places in the queue, so that the view keeps its scroll position.
        std::vector<int> changed;
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (!(rows[i] == m_rows[i]))
                changed.push_back(static_cast<int>(i));
        m_rows = std::move(rows);
        m_problems = count;
        m_snapshot = std::move(snapshot);
        if (!changed.empty())
            Q_EMIT dataChanged(index(changed.front(), 0), index(changed.back(), columns - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    m_problems = count;
    m_snapshot = std::move(snapshot);
    endResetModel();
}

void QueueModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, space), index(rowCount() - 1, space), {Qt::DecorationRole});
}

int QueueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int QueueModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QString QueueModel::text(const Row& row, int column) const
{
    const Model& model = *row.model;
    switch (column) {
    case position:
        return row.position > 0 ? QString::number(row.position) : QString();
    case network:
        return tr("#%1, %2 flops")
            .arg(static_cast<qlonglong>(model.id))
            .arg(countText(static_cast<double>(model.sample.complexity.flops)));
    case space:
        return QString::fromStdString(row.space->space.name);
    case predicted:
        return row.seconds ? QString::fromStdString(durationText(*row.seconds)) : QString();
    default:
        break;
    }
    if (model.isNext && model.state == ModelState::waiting)
        return tr("waiting, asked for next");
    const QString word = QString::fromStdString(toText(model.state));
    return model.reason.empty() ? word : tr("%1: %2").arg(word, QString::fromStdString(model.reason));
}

QVariant QueueModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == state ? QVariant(text(row, state)) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::AlignVCenter |
            (index.column() == position || index.column() == predicted ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::DecorationRole:
        return index.column() == space ? QVariant(markerIcon(spaceStyle(row.spaceIndex, m_theme))) : QVariant();
    case idRole:
        return static_cast<qlonglong>(row.model->id);
    case problemRole:
        return isProblem(*row.model);
    case nextRole:
        return row.model->isNext;
    case waitingRole:
        return row.model->state == ModelState::waiting;
    default:
        return {};
    }
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (section == position || section == predicted ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && section == predicted)
        return tr("Predicted from the trainings that are done: a log-linear fit to flops, parameters, activations and "
                  "blocks.");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case position:
        return tr("#");
    case network:
        return tr("network");
    case space:
        return tr("space");
    case predicted:
        return tr("predicted");
    default:
        return tr("state");
    }
}

} // namespace spacewright
