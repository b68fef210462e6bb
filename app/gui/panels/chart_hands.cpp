// ChartView, what mouse and keys do.
#include "app/gui/panels/chart_view.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

namespace spacewright {

namespace {

constexpr double keyZoom = 1.25;

} // namespace

void ChartView::wheelEvent(QWheelEvent* event)
{
    if (m_chart->plotArea().contains(event->position()))
        m_chart->zoom(event->position(), std::pow(2, event->angleDelta().y() / 480.0));
    event->accept();
}

void ChartView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = m_from = m_to = event->position();
    m_byKeys = false;
    m_adds = event->modifiers() & Qt::ControlModifier;
    if (m_selection && event->button() == Qt::LeftButton)
        m_before = m_selection->models();
}

void ChartView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    if (event->buttons() == Qt::NoButton) {
        m_crosshair = at;
        return viewport()->update();
    }
    if (m_gesture == Gesture::none && (at - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        const bool shift = event->modifiers() & Qt::ShiftModifier;
        m_gesture = event->buttons() & Qt::MiddleButton || (event->buttons() & Qt::LeftButton && shift) ? Gesture::pan
                    : event->buttons() & Qt::RightButton                                                ? Gesture::zoom
                                                         : Gesture::brush;
    }
    if (m_gesture == Gesture::pan)
        m_chart->pan(at - m_to);
    m_to = at;
    if (m_gesture == Gesture::brush)
        brush(rectangle());
    viewport()->update();
}

void ChartView::mouseReleaseEvent(QMouseEvent* event)
{
    m_to = event->position();
    if (m_gesture != Gesture::none && !m_byKeys)
        return finishRectangle();
    if (event->button() == Qt::LeftButton)
        click(event->position(), event->modifiers());
    else if (event->button() == Qt::RightButton)
        openMenu(event->globalPosition().toPoint());
}

void ChartView::finishRectangle()
{
    if (m_gesture == Gesture::brush)
        brush(rectangle());
    else if (m_gesture == Gesture::zoom)
        m_chart->zoomTo(rectangle() & m_chart->plotArea());
    m_gesture = Gesture::none;
    m_byKeys = false;
    viewport()->update();
}

void ChartView::mouseDoubleClickEvent(QMouseEvent*)
{
    if (m_selection)
        m_selection->select(m_before); // the first click may have cleared it
    m_chart->resetView();
    m_gesture = Gesture::none;
}

void ChartView::leaveEvent(QEvent* event)
{
    m_crosshair.reset();
    viewport()->update();
    QChartView::leaveEvent(event);
}

void ChartView::brush(const QRectF& part)
{
    if (!m_selection)
        return;
    const QRectF within = part & m_chart->plotArea();
    std::vector<ModelId> models;
    if (m_brushed && !within.isEmpty())
        models = m_brushed(m_chart->valueAt(within.bottomLeft()), m_chart->valueAt(within.topRight()));
    else if (!m_brushed)
        models = m_chart->points().modelsIn(within);
    if (m_adds)
        models.insert(models.end(), m_before.begin(), m_before.end());
    m_selection->select(std::move(models));
}

void ChartView::click(QPointF at, Qt::KeyboardModifiers modifiers)
{
    if (const std::optional<std::size_t> entry = m_chart->key().entryAt(at)) {
        const int space = m_chart->key().entries()[*entry].space;
        if (space >= 0)
            m_chart->setHidden(space, !m_chart->isHidden(space));
        return;
    }
    if (!m_selection)
        return;
    const std::optional<ModelId> model = m_chart->points().modelNear(at);
    if (model && modifiers & Qt::ControlModifier)
        m_selection->toggle(*model);
    else if (model)
        m_selection->setCurrent(model);
    else if (!(modifiers & Qt::ControlModifier))
        m_selection->clear();
}

void ChartView::moveCrosshair(QPointF by)
{
    const QRectF plot = m_chart->plotArea();
    const QPointF at = crosshair() + by;
    m_crosshair = QPointF(std::clamp(at.x(), plot.left(), plot.right()), std::clamp(at.y(), plot.top(), plot.bottom()));
    m_to = *m_crosshair;
    viewport()->update();
}

/// Whether the key was one for the rectangle.
bool ChartView::pressWithRectangle(int key)
{
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_adds = false;
        finishRectangle();
        return true;
    case Qt::Key_Z:
        m_gesture = Gesture::zoom;
        finishRectangle();
        return true;
    case Qt::Key_Escape:
        m_gesture = Gesture::none;
        m_byKeys = false;
        viewport()->update();
        return true;
    default:
        return false;
    }
}

void ChartView::keyPressEvent(QKeyEvent* event)
{
    if (m_byKeys && pressWithRectangle(event->key()))
        return;
    const bool control = event->modifiers() & Qt::ControlModifier;
    const qreal step = control ? 40 : 6;
    const auto move = [&](qreal x, qreal y) {
        if (control)
            m_chart->pan(-QPointF(x, y));
        else
            moveCrosshair({x, y});
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return move(-step, 0);
    case Qt::Key_Right:
        return move(step, 0);
    case Qt::Key_Up:
        return move(0, -step);
    case Qt::Key_Down:
        return move(0, step);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return m_chart->zoom(crosshair(), keyZoom);
    case Qt::Key_Minus:
        return m_chart->zoom(crosshair(), 1 / keyZoom);
    case Qt::Key_Home:
        return m_chart->resetView();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return click(crosshair(), event->modifiers());
    case Qt::Key_B:
        m_from = m_to = crosshair();
        m_crosshair = m_from;
        m_gesture = Gesture::brush;
        m_byKeys = true;
        return viewport()->update();
    case Qt::Key_Escape:
        if (m_selection)
            m_selection->clear();
        return;
    default:
        QChartView::keyPressEvent(event);
    }
}

} // namespace spacewright
