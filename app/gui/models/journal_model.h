// The design journal: the spaces of a study as a tree, each with its models, errors, verdict, what narrowed it and why.
#pragma once
#include "app/gui/charts/palette.h"
#include "app/gui/charts/small_edf.h"
#include "app/gui/snapshot.h"
#include "core/statistics/lineage.h"

#include <QAbstractItemModel>

namespace spacewright {

class JournalModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { nameColumn, countColumn, minColumn, meanColumn, verdictColumn, whyColumn, noteColumn, columns };
    static constexpr int idRole = Qt::UserRole; ///< std::int64_t

    using QAbstractItemModel::QAbstractItemModel;

    /// New spaces become new rows; the others stay, so that what is unfolded and selected does too.
    void setSnapshot(std::shared_ptr<const Snapshot>);
    void setVerdicts(Lineage::Verdicts);
    void setTheme(const Theme&);
    QModelIndex indexOf(SpaceId) const;
    const Population& population(const QModelIndex&) const;
    const Theme& theme() const { return m_theme; }
    SpaceStyle style(const QModelIndex&) const;
    /// None for a root, and while it is not known.
    const ParentVerdict* verdict(const QModelIndex&) const;
    /// What the small EDFs of all rows have as their axis.
    const ErrorRange& errors() const { return m_errors; }

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex&) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex&, int role) const override;
    QVariant headerData(int section, Qt::Orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex&) const override;
    /// A note that was typed is only asked for: the study answers with a new snapshot.
    bool setData(const QModelIndex&, const QVariant&, int role) override;

Q_SIGNALS:
    void noteTyped(qint64 space, QString note);

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
    QString sentence(int node) const;
    void allChanged();

    std::shared_ptr<const Snapshot> m_snapshot;
    Lineage::Verdicts m_verdicts;
    ErrorRange m_errors;
    std::vector<Node> m_nodes; ///< in the order of populations
    std::vector<int> m_roots;
    Theme m_theme = printTheme();
};

/// What narrowed a space, for people: "shared bottleneck ratio (b_i = b), ..." or its note.
QString whyText(const StudySpace&);

} // namespace spacewright
