// The confusion matrix as a picture: rows are labels, columns answers.
#include "app/gui/panels/confusion_matrix.h"

#include "app/gui/charts/palette.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

constexpr qreal smallestForNumbers = 17; ///< of a cell, points
constexpr int mostNamed = 20;            ///< more classes have no room for names

} // namespace

ConfusionMatrix::ConfusionMatrix(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMinimumWidth(160);
    setFocusPolicy(Qt::StrongFocus);
    setObjectName("confusion");
    setAccessibleName(tr("Confusion matrix: labels against answers"));
    setWhatsThis(tr("Confusion matrix: each row is a label, each column what the network answers, the darker the more "
                    "images of the row. What lies off the diagonal is wrong. Click a cell, or go there with the arrow "
                    "keys, to see its images; click it again, or press Escape, to see the worst of all."));
}

void ConfusionMatrix::setColour(const QColor& colour)
{
    m_colour = colour;
    update();
}

void ConfusionMatrix::setConfusion(const Confusion& confusion, std::vector<std::string> classes)
{
    m_confusion = confusion;
    m_classes = std::move(classes);
    m_chosen.reset();
    QString words = tr("%L1 of %L2 images are wrong").arg(confusion.wrong()).arg(confusion.images());
    if (const auto most = confusion.mostMistaken())
        words += tr("; most often: %1").arg(cellText(*most));
    setAccessibleDescription(words);
    updateGeometry();
    update();
}

QString ConfusionMatrix::name(int classNumber) const
{
    return QString::fromStdString(m_classes[static_cast<std::size_t>(classNumber)]);
}

/// For the names, left of the rows and, upwards, above the columns.
qreal ConfusionMatrix::margin() const
{
    if (m_confusion.classes() > mostNamed)
        return 4;
    qreal widest = 0;
    for (const std::string& one : m_classes)
        widest = std::max<qreal>(widest, fontMetrics().horizontalAdvance(QString::fromStdString(one)));
    return std::min(widest + 8, width() * 0.4);
}

/// For "label ↓ answer →" in the corner where names leave room for it, else in a line of its own.
qreal ConfusionMatrix::top() const
{
    return m_confusion.classes() > mostNamed ? fontMetrics().height() + 2 : margin();
}

int ConfusionMatrix::heightForWidth(int width) const
{
    const qreal side = std::min<qreal>(width - margin() - 4, 420);
    return static_cast<int>(side + top()) + 4;
}

QRectF ConfusionMatrix::place(const Cell& cell) const
{
    const qreal side = std::min({width() - margin() - 4.0, height() - top() - 4.0, 420.0}) / m_confusion.classes();
    return {margin() + cell.second * side, top() + cell.first * side, side, side};
}

std::optional<ConfusionMatrix::Cell> ConfusionMatrix::cellAt(QPointF at) const
{
    for (int truth = 0; truth < m_confusion.classes(); ++truth)
        for (int answer = 0; answer < m_confusion.classes(); ++answer)
            if (place({truth, answer}).contains(at))
                return Cell{truth, answer};
    return std::nullopt;
}

QString ConfusionMatrix::cellText(const Cell& cell) const
{
    return tr("%1 as %2: %L3 of %L4")
        .arg(name(cell.first), name(cell.second))
        .arg(m_confusion.at(cell.first, cell.second))
        .arg(m_confusion.images(cell.first));
}

void ConfusionMatrix::paintEvent(QPaintEvent*)
{
    if (m_confusion.classes() == 0)
        return;
    QPainter painter(this);
    paintNames(painter);
    paintCells(painter);
    if (m_chosen) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(place(*m_chosen).adjusted(1, 1, -1, -1));
    }
}

void ConfusionMatrix::paintNames(QPainter& painter) const
{
    painter.setPen(themeOf(palette()).muted);
    const QRectF first = place({0, 0});
    const bool named = m_confusion.classes() <= mostNamed && first.height() >= painter.fontMetrics().height() - 3;
    if (!named) {
        painter.drawText(QRectF(first.left(), 0, width() - first.left(), first.top()), Qt::AlignLeft | Qt::AlignVCenter,
                         tr("answer →"));
        return;
    }
    painter.drawText(QRectF(0, 0, margin() - 6, margin() - 6), Qt::AlignRight | Qt::AlignBottom,
                     tr("answer →\nlabel ↓"));
    for (int i = 0; i < m_confusion.classes(); ++i) {
        const QRectF cell = place({i, i});
        const QString shown = painter.fontMetrics().elidedText(name(i), Qt::ElideRight, static_cast<int>(margin()) - 6);
        painter.drawText(QRectF(0, cell.top(), margin() - 6, cell.height()), Qt::AlignRight | Qt::AlignVCenter, shown);
        painter.save();
        painter.translate(cell.left(), margin() - 6);
        painter.rotate(-90);
        painter.drawText(QRectF(0, 0, margin() - 6, cell.width()), Qt::AlignLeft | Qt::AlignVCenter, shown);
        painter.restore();
    }
}

/// The shade goes with the root of the share, so that rare mistakes show too.
void ConfusionMatrix::paintCells(QPainter& painter) const
{
    const Theme theme = themeOf(palette());
    QFont font = painter.font();
    const qreal side = place({0, 0}).width();
    font.setPixelSize(std::max(7, static_cast<int>(side / 2.6)));
    painter.setFont(font);
    for (int truth = 0; truth < m_confusion.classes(); ++truth)
        for (int answer = 0; answer < m_confusion.classes(); ++answer) {
            const std::int64_t n = m_confusion.at(truth, answer);
            const auto all = static_cast<double>(std::max<std::int64_t>(1, m_confusion.images(truth)));
            const double depth = std::sqrt(static_cast<double>(n) / all);
            QColor shade = truth == answer ? theme.receding : m_colour;
            shade.setAlphaF(static_cast<float>(depth * (truth == answer ? 0.5 : 1)));
            const QRectF cell = place({truth, answer}).adjusted(0.5, 0.5, -0.5, -0.5);
            painter.setPen(QPen(theme.grid, 0.5));
            painter.setBrush(shade);
            painter.drawRect(cell);
            if (n == 0 || side < smallestForNumbers)
                continue;
            painter.setPen(theme.text);
            painter.drawText(cell, Qt::AlignCenter, QString::number(n));
        }
}

void ConfusionMatrix::choose(std::optional<Cell> cell)
{
    if (cell == m_chosen)
        return;
    m_chosen = cell;
    update();
    Q_EMIT chosenChanged();
}

void ConfusionMatrix::mousePressEvent(QMouseEvent* event)
{
    const auto cell = cellAt(event->position());
    choose(cell == m_chosen ? std::nullopt : cell);
}

void ConfusionMatrix::keyPressEvent(QKeyEvent* event)
{
    if (m_confusion.classes() == 0)
        return QWidget::keyPressEvent(event);
    const Cell from = m_chosen.value_or(m_confusion.mostMistaken().value_or(Cell{0, 0}));
    const int last = m_confusion.classes() - 1;
    const auto go = [&](int down, int right) {
        if (!m_chosen)
            return choose(from);
        choose(Cell{std::clamp(from.first + down, 0, last), std::clamp(from.second + right, 0, last)});
    };
    switch (event->key()) {
    case Qt::Key_Up:
        return go(-1, 0);
    case Qt::Key_Down:
        return go(1, 0);
    case Qt::Key_Left:
        return go(0, -1);
    case Qt::Key_Right:
        return go(0, 1);
    case Qt::Key_Escape:
        return choose(std::nullopt);
    default:
        QWidget::keyPressEvent(event);
    }
}

bool ConfusionMatrix::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto cell = cellAt(help->pos());
    QToolTip::showText(help->globalPos(), cell ? cellText(*cell) : QString(), this);
    return true;
}

} // namespace spacewright
