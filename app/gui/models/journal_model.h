// The design journal: the spaces of a study as a tree, each with its models, errors and what narrowed it.
#pragma once
#include "app/gui/charts/palette.h"
#include "app/gui/snapshot.h"

#include <QAbstractItemModel>

namespace spacewright {

class JournalModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { nameColumn, countColumn, minColumn, meanColumn, whyColumn, columns };
    static constexpr int idRole = Qt::UserRole; ///< std::int64_t

    using QAbstractItemModel::QAbstractItemModel;

    /// New spaces become new rows; the others stay, so that what is unfolded and selected does too.
    void setSnapshot(std::shared_ptr<const Snapshot>);
    void setTheme(const Theme&);
    QModelIndex indexOf(SpaceId) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex&) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex&, int role) const override;
    QVariant headerData(int section, Qt::Orientation, int role) const override;

private:
    static constexpr int root = -1;
    struct Node {
        SpaceId id;
        int parent; ///< index into m_nodes, or root
        int row;    ///< among its siblings
        std::vector<int> children;
    };
    bool continues(const StudyView&) const;
    void append(const StudySpace&);
    int nodeOf(SpaceId) const;
    const Population& population(int node) const;
    QString text(int node, int column) const;

    std::shared_ptr<const Snapshot> m_snapshot;
    std::vector<Node> m_nodes; ///< in the order of populations
    std::vector<int> m_roots;
    Theme m_theme = printTheme();
};

/// What narrowed a space, for people: "shared bottleneck ratio (b_i = b), ..." or its note.
QString whyText(const StudySpace&);

} // namespace spacewright
