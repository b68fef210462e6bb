// How a row of the journal is drawn.
#include "app/gui/panels/journal_card.h"

#include "app/gui/models/journal_model.h"

#include <QApplication>
#include <QLineEdit>
#include <QPainter>

namespace spacewright {

namespace {

constexpr int margin = 4, markerSize = 10, lines = 4;
constexpr QSize edfSize(64, 30);

const JournalModel& journalOf(const QModelIndex& index)
{
    return *static_cast<const JournalModel*>(index.model());
}

QString cellText(const QModelIndex& index, int column)
{
    return index.siblingAtColumn(column).data().toString();
}

QRect lineRect(const QRect& row, const QFontMetrics& metrics, int line)
{
    return {row.left() + 2 * margin + markerSize, row.top() + margin + line * metrics.lineSpacing(),
            row.width() - 3 * margin - markerSize, metrics.lineSpacing()};
}

} // namespace

QRect JournalCard::noteRect(const QRect& row, const QFontMetrics& metrics)
{
    return lineRect(row, metrics, lines - 1);
}

QSize JournalCard::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {160, lines * option.fontMetrics.lineSpacing() + 2 * margin + 1};
}

void JournalCard::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    option.text.clear();
    option.icon = {};
    option.features &= ~QStyleOptionViewItem::HasDecoration;
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintLines(painter, option, index);
    painter->restore();
}

void JournalCard::paintLines(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const JournalModel& journal = journalOf(index);
    const Population& population = journal.population(index);
    const Theme& theme = journal.theme();
    const bool aside = population.space.setAside;
    const bool selected = option.state & QStyle::State_Selected;
    const QColor ink = selected ? option.palette.color(QPalette::HighlightedText) : aside ? theme.muted : theme.text;
    const QColor faint = selected ? ink : theme.muted;
    const QFontMetrics& metrics = option.fontMetrics;
    SpaceStyle style = journal.style(index);
    if (aside)
        style.colour = theme.receding;
    const auto write = [&](const QRect& rect, const QString& text, const QColor& colour, const QFont& font,
                           Qt::Alignment alignment = Qt::AlignLeft) {
        painter->setFont(font);
        painter->setPen(colour);
        painter->drawText(rect, alignment | Qt::AlignVCenter,
                          QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width()));
    };
    const QFont plain = option.font;
    QFont bold = plain, slanted = plain;
    bold.setBold(true);
    slanted.setItalic(true);

    // A selected row's background may be any colour, the marker's own too.
    const QRect first = lineRect(option.rect, metrics, 0);
    const QPointF centre(option.rect.left() + margin + markerSize / 2.0, first.center().y() + 0.5);
    if (selected) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(option.palette.color(QPalette::Base));
        painter->drawEllipse(centre, markerSize * 0.7, markerSize * 0.7);
    }
    paintMarker(*painter, style, centre, markerSize);
    const QString count = tr("n %1").arg(cellText(index, JournalModel::countColumn));
    write(first, count, faint, plain, Qt::AlignRight);
    write(first.adjusted(0, 0, -metrics.horizontalAdvance(count) - margin, 0),
          cellText(index, JournalModel::nameColumn), ink, bold);

    const int besideEdf = edfSize.width() + 2 * margin;
    const QRect second = lineRect(option.rect, metrics, 1).adjusted(0, 0, -besideEdf, 0);
    if (population.edf)
        write(second,
              QStringLiteral("[%1 | %2]")
                  .arg(cellText(index, JournalModel::minColumn), cellText(index, JournalModel::meanColumn)),
              ink, plain);
    const ParentVerdict* verdict = journal.verdict(index);
    const bool decided =
        verdict && (verdict->kind == ParentVerdict::Kind::better || verdict->kind == ParentVerdict::Kind::worse);
    const QString judged = cellText(index, JournalModel::verdictColumn);
    const QFont& judgedFont = decided && !aside ? bold : plain;
    const QRect third = lineRect(option.rect, metrics, 2).adjusted(0, 0, -besideEdf, 0);
    write(third, judged, decided && !aside ? ink : faint, judgedFont);
    const int judgedWidth = judged.isEmpty() ? 0 : QFontMetrics(judgedFont).horizontalAdvance(judged + "  ");
    write(third.adjusted(judgedWidth, 0, 0, 0), cellText(index, JournalModel::whyColumn), faint, plain);
    const QString note = cellText(index, JournalModel::noteColumn);
    write(noteRect(option.rect, metrics), note.isEmpty() && selected ? tr("Why? (F2)") : note, faint, slanted);

    if (!population.edf)
        return;
    const QRectF area(option.rect.right() - besideEdf + margin, second.top() + 2, edfSize.width(),
                      2 * metrics.lineSpacing() - 4);
    painter->setPen(QPen(selected ? ink : theme.grid, 1));
    painter->drawLine(area.bottomLeft(), area.bottomRight());
    paintSmallEdf(*painter, area, *population.edf, journal.errors(), selected ? ink : style.colour, 1.6);
}

QWidget* JournalCard::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const
{
    auto* editor = new QLineEdit(parent);
    editor->setObjectName("noteEditor");
    editor->setAccessibleName(tr("Note of the space"));
    editor->setPlaceholderText(tr("Why?"));
    return editor;
}

void JournalCard::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    if (!static_cast<QLineEdit*>(editor)->isModified())
        QStyledItemDelegate::setEditorData(editor, index);
}

void JournalCard::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const
{
    QRect rect = noteRect(option.rect, option.fontMetrics);
    rect.setTop(rect.bottom() - editor->sizeHint().height() + margin);
    editor->setGeometry(rect);
}

} // namespace spacewright
