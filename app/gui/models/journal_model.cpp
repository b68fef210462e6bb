// The design journal as a tree.
#include "app/gui/models/journal_model.h"

#include "app/gui/format.h"
#include "app/gui/terms.h"

namespace spacewright {

QString whyText(const StudySpace& space)
{
    QStringList reasons;
    for (const Constraint& constraint : space.added)
        reasons << QString::fromStdString(describe(constraint));
    return reasons.join(QStringLiteral(", "));
}

bool JournalModel::continues(const StudyView& study) const
{
    if (study.populations.size() < m_nodes.size())
        return false;
    for (std::size_t i = 0; i < m_nodes.size(); ++i)
        if (study.populations[i].space.id != m_nodes[i].id)
            return false;
    return !m_snapshot || m_snapshot->study->path == study.path;
}

void JournalModel::setSnapshot(std::shared_ptr<const Snapshot> snapshot)
{
    if (!snapshot || !continues(*snapshot->study)) {
        beginResetModel();
        m_verdicts.clear();
        m_nodes.clear();
        m_roots.clear();
        m_snapshot = snapshot;
        endResetModel();
    }
    m_snapshot = std::move(snapshot);
    if (!m_snapshot)
        return;
    std::vector<const Edf*> edfs;
    for (const Population& population : m_snapshot->study->populations)
        if (population.edf)
            edfs.push_back(&*population.edf);
    m_errors = errorRangeOf(edfs);
    allChanged();
    for (std::size_t i = m_nodes.size(); i < m_snapshot->study->populations.size(); ++i)
        append(m_snapshot->study->populations[i].space);
}

void JournalModel::allChanged()
{
    for (const Node& node : m_nodes) {
        const QModelIndex changed = indexOf(node.id);
        Q_EMIT dataChanged(changed, changed.siblingAtColumn(columns - 1));
    }
}

void JournalModel::setVerdicts(Lineage::Verdicts verdicts)
{
    m_verdicts = std::move(verdicts);
    allChanged();
}

void JournalModel::append(const StudySpace& space)
{
    const int parent = space.parent ? nodeOf(*space.parent) : root;
    const std::vector<int>& siblings = parent == root ? m_roots : m_nodes[static_cast<std::size_t>(parent)].children;
    const int row = static_cast<int>(siblings.size());
    const int node = static_cast<int>(m_nodes.size());
    const QModelIndex above = parent == root ? QModelIndex() : indexOf(*space.parent);
    beginInsertRows(above, row, row);
    m_nodes.push_back({space.id, parent, row, {}});
    (parent == root ? m_roots : m_nodes[static_cast<std::size_t>(parent)].children).push_back(node);
    endInsertRows();
}

void JournalModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    allChanged();
}

int JournalModel::nodeOf(SpaceId id) const
{
    for (std::size_t i = 0; i < m_nodes.size(); ++i)
        if (m_nodes[i].id == id)
            return static_cast<int>(i);
    return root;
}

QModelIndex JournalModel::indexOf(SpaceId id) const
{
    const int node = nodeOf(id);
    if (node == root)
        return {};
    return createIndex(m_nodes[static_cast<std::size_t>(node)].row, 0, static_cast<quintptr>(node));
}

const Population& JournalModel::population(int node) const
{
    return m_snapshot->study->populations[static_cast<std::size_t>(node)];
}

const Population& JournalModel::population(const QModelIndex& index) const
{
    return population(static_cast<int>(index.internalId()));
}

SpaceStyle JournalModel::style(const QModelIndex& index) const
{
    return spaceStyle(static_cast<int>(index.internalId()), m_theme);
}

const ParentVerdict* JournalModel::verdict(const QModelIndex& index) const
{
    const auto found = m_verdicts.find(m_nodes[index.internalId()].id);
    return found == m_verdicts.end() ? nullptr : &found->second;
}

QModelIndex JournalModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const auto& siblings = parent.isValid() ? m_nodes[parent.internalId()].children : m_roots;
    return createIndex(row, column, static_cast<quintptr>(siblings[static_cast<std::size_t>(row)]));
}

QModelIndex JournalModel::parent(const QModelIndex& child) const
{
    if (!child.isValid())
        return {};
    const int parent = m_nodes[child.internalId()].parent;
    if (parent == root)
        return {};
    return createIndex(m_nodes[static_cast<std::size_t>(parent)].row, 0, static_cast<quintptr>(parent));
}

int JournalModel::rowCount(const QModelIndex& parent) const
{
    if (parent.column() > 0)
        return 0;
    return static_cast<int>((parent.isValid() ? m_nodes[parent.internalId()].children : m_roots).size());
}

int JournalModel::columnCount(const QModelIndex&) const
{
    return columns;
}

QString JournalModel::text(int node, int column) const
{
    const Population& shown = population(node);
    switch (column) {
    case nameColumn:
        return QString::fromStdString(shown.space.space.name);
    case countColumn: {
        const int results = shown.edf ? shown.edf->n() : 0;
        const auto total = static_cast<qlonglong>(shown.counts.total());
        const QString models =
            results == total ? QString::number(total) : QStringLiteral("%1/%2").arg(results).arg(total);
        const auto reused = static_cast<qlonglong>(shown.counts.reused);
        return reused == 0 ? models : QStringLiteral("%1 (%2)").arg(models).arg(reused);
    }
    case minColumn:
        return shown.edf ? errorText(shown.edf->min) : QString();
    case meanColumn:
        return shown.edf ? errorText(shown.edf->mean) : QString();
    case verdictColumn: {
        if (shown.space.setAside)
            return tr("set aside");
        const auto found = m_verdicts.find(m_nodes[static_cast<std::size_t>(node)].id);
        if (found != m_verdicts.end())
            return QString::fromStdString(toText(found->second.kind));
        return shown.space.importedFrom.empty()
                   ? QString()
                   : tr("imported from %1").arg(QString::fromStdString(shown.space.importedFrom));
    }
    case noteColumn:
        return QString::fromStdString(shown.space.note);
    default:
        return whyText(shown.space);
    }
}

/// Everything that the row shows, for screen readers.
QString JournalModel::sentence(int node) const
{
    QStringList parts{text(node, nameColumn), tr("n %1").arg(text(node, countColumn))};
    if (population(node).edf)
        parts << tr("lowest error %1 %, mean %2 %").arg(text(node, minColumn), text(node, meanColumn));
    for (const int column : {verdictColumn, whyColumn, noteColumn})
        if (const QString part = text(node, column); !part.isEmpty())
            parts << part;
    return parts.join(QStringLiteral("; "));
}

QVariant JournalModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const int node = static_cast<int>(index.internalId());
    switch (role) {
    case Qt::DisplayRole:
        return text(node, index.column());
    case Qt::EditRole:
        return text(node, index.column() == nameColumn ? static_cast<int>(noteColumn) : index.column());
    case Qt::AccessibleTextRole:
        return index.column() == nameColumn ? sentence(node) : text(node, index.column());
    case idRole:
        return static_cast<qlonglong>(m_nodes[index.internalId()].id);
    case Qt::DecorationRole:
        if (index.column() == nameColumn)
            return markerIcon(spaceStyle(node, m_theme));
        return {};
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::AlignVCenter |
            (index.column() == nameColumn || index.column() >= verdictColumn ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::ToolTipRole: {
        const StudySpace& space = population(node).space;
        if (index.column() == countColumn && population(node).counts.reused > 0)
            return tr("%1; in brackets: models that its parent had trained already.").arg(explain(QStringLiteral("n")));
        QStringList lines;
        if (const auto verdict = m_verdicts.find(space.id); verdict != m_verdicts.end())
            lines << QString::fromStdString(verdict->second.sentence);
        for (const int column : {whyColumn, noteColumn})
            if (const QString line = text(node, column); !line.isEmpty())
                lines << line;
        return lines.join('\n');
    }
    default:
        return {};
    }
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    static const char* const names[columns] = {QT_TR_NOOP("space"), QT_TR_NOOP("n"),       QT_TR_NOOP("min"),
                                               QT_TR_NOOP("mean"),  QT_TR_NOOP("verdict"), QT_TR_NOOP("narrowed by"),
                                               QT_TR_NOOP("note")};
    static const char* const keys[columns] = {"space", "n", "min", "mean", "advice", "", ""};
    if (role == Qt::DisplayRole)
        return tr(names[section]);
    if (role == Qt::ToolTipRole)
        return explain(QString::fromLatin1(keys[section]));
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::AlignVCenter | (section == nameColumn || section >= verdictColumn ? Qt::AlignLeft : Qt::AlignRight));
    return {};
}

Qt::ItemFlags JournalModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags usual = QAbstractItemModel::flags(index);
    const bool note = index.column() == nameColumn || index.column() == noteColumn; // a row's card is one cell
    return index.isValid() && note && !m_snapshot->readOnly ? usual | Qt::ItemIsEditable : usual;
}

bool JournalModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable))
        return false;
    const QString note = value.toString().trimmed();
    if (note != text(static_cast<int>(index.internalId()), noteColumn))
        Q_EMIT noteTyped(static_cast<qint64>(m_nodes[index.internalId()].id), note);
    return true;
}

} // namespace spacewright
