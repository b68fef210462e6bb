// One end of a range on a histogram.
#include "app/gui/panels/range_handle.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace spacewright {

RangeHandle::RangeHandle(RangeHistogram* histogram, RangeHistogram::End end)
    : QWidget(histogram), m_histogram(histogram), m_end(end)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::SizeHorCursor);
}

void RangeHandle::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool lively = hasFocus() || underMouse();
    const QColor line = palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::WindowText);
    const QColor mark = lively ? palette().color(QPalette::Highlight) : line;
    const qreal middle = rect().width() / 2.0;
    painter.setPen(QPen(mark, lively ? 2 : 1));
    painter.drawLine(QPointF(middle, 1), QPointF(middle, height() - 8));
    // A grip that points to what the end keeps.
    const qreal out = m_end == RangeHistogram::End::low ? -5 : 5;
    const QPolygonF grip({{middle, height() - 9.0},
                          {middle + out, height() - 6.0},
                          {middle + out, height() - 1.0},
                          {middle, height() - 1.0}});
    painter.setPen(QPen(mark, 1));
    painter.setBrush(hasFocus() ? mark : palette().color(QPalette::Window));
    painter.drawPolygon(grip);
}

void RangeHandle::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        m_histogram->beginDrag();
}

void RangeHandle::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        m_histogram->drag(m_end, mapToParent(event->position().toPoint()).x());
}

void RangeHandle::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        return m_histogram->step(m_end, -1);
    case Qt::Key_Right:
    case Qt::Key_Up:
        return m_histogram->step(m_end, 1);
    case Qt::Key_PageDown:
        return m_histogram->step(m_end, -10);
    case Qt::Key_PageUp:
        return m_histogram->step(m_end, 10);
    case Qt::Key_Home:
        return m_histogram->step(m_end, -1'000'000);
    case Qt::Key_End:
        return m_histogram->step(m_end, 1'000'000);
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        return m_histogram->open(m_end);
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace spacewright
