// ParallelView, what mouse and keys do.
#include "app/gui/panels/parallel_view.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

constexpr qreal reach = 16; ///< points from an axis to a click that means it

} // namespace

std::optional<std::size_t> ParallelView::axisAt(qreal at) const
{
    for (std::size_t i = 0; i < m_axes.size(); ++i)
        if (std::abs(x(i) - at) <= reach)
            return i;
    return std::nullopt;
}

void ParallelView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->position();
    m_dragged = event->button() == Qt::LeftButton ? axisAt(m_pressed.x()) : std::nullopt;
    if (m_dragged)
        m_current = *m_dragged;
    update();
}

void ParallelView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragged || std::abs(event->position().y() - m_pressed.y()) < QApplication::startDragDistance())
        return;
    const Axis& axis = m_axes[*m_dragged];
    const double from = valueAt(axis, m_pressed.y()), to = valueAt(axis, event->position().y());
    setRange(axis.key, std::min(from, to), std::max(from, to));
}

void ParallelView::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_dragged && std::abs(event->position().y() - m_pressed.y()) < QApplication::startDragDistance() &&
        m_ranges.erase(m_axes[*m_dragged].key) > 0)
        select();
    m_dragged.reset();
}

void ParallelView::mouseDoubleClickEvent(QMouseEvent*)
{
    m_ranges.clear();
    select();
}

void ParallelView::moveEnd(double step, bool upper)
{
    const Axis& axis = m_axes[m_current];
    const auto found = m_ranges.find(axis.key);
    Range range = found == m_ranges.end() ? Range{axis.low, axis.high} : found->second;
    double& end = upper ? range.high : range.low;
    end = std::clamp(end + step * (axis.high - axis.low), axis.low, axis.high);
    if (range.low <= range.high) {
        m_ranges[axis.key] = range;
        select();
    }
}

void ParallelView::keyPressEvent(QKeyEvent* event)
{
    if (m_axes.empty())
        return QWidget::keyPressEvent(event);
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Left:
        m_current = m_current == 0 ? 0 : m_current - 1;
        break;
    case Qt::Key_Right:
        m_current = std::min(m_current + 1, m_axes.size() - 1);
        break;
    case Qt::Key_Up:
        moveEnd(0.05, shift);
        break;
    case Qt::Key_Down:
        moveEnd(-0.05, shift);
        break;
    case Qt::Key_Delete:
        m_ranges.erase(m_axes[m_current].key);
        select();
        break;
    case Qt::Key_Escape:
        m_ranges.clear();
        select();
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    update();
}

} // namespace spacewright
