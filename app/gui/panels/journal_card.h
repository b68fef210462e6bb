// How a row of the journal is drawn: name and n, errors and verdict, small EDF, what narrowed it, the note.
#pragma once
#include <QStyledItemDelegate>

namespace spacewright {

class JournalModel;

/// Needs a JournalModel. The note is edited where it stands: by F2, or by a click on it in the current row.
class JournalCard : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter*, const QStyleOptionViewItem&, const QModelIndex&) const override;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const override;
    /// Leaves alone what a person has begun to type: results that arrive meanwhile change the row.
    void setEditorData(QWidget* editor, const QModelIndex&) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem&, const QModelIndex&) const override;
    /// Where the note of a row stands, in its rectangle.
    static QRect noteRect(const QRect& row, const QFontMetrics&);

private:
    void paintLines(QPainter*, const QStyleOptionViewItem&, const QModelIndex&) const;
};

} // namespace spacewright
