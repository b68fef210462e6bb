// A chart in the window.
#include "app/gui/panels/chart_view.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>

namespace spacewright {

ChartView::ChartView(QChart* chart, std::function<void()> redraw, std::function<void(const Theme&)> restyle,
                     QWidget* parent)
    : QChartView(chart, parent), m_restyle(std::move(restyle))
{
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(180, 140);
    m_soon.setSingleShot(true);
    m_soon.setInterval(60);
    connect(&m_soon, &QTimer::timeout, this, [redraw = std::move(redraw)] { redraw(); });
    m_restyle(themeOf(palette()));
    setBackgroundBrush(themeOf(palette()).background);
}

void ChartView::redrawSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void ChartView::paintEvent(QPaintEvent* event)
{
    QChartView::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(viewport());
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
}

void ChartView::focusInEvent(QFocusEvent* event)
{
    QChartView::focusInEvent(event);
    viewport()->update();
}

void ChartView::focusOutEvent(QFocusEvent* event)
{
    QChartView::focusOutEvent(event);
    viewport()->update();
}

void ChartView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_restyle) {
        m_restyle(themeOf(palette()));
        setBackgroundBrush(themeOf(palette()).background);
    }
    QChartView::changeEvent(event);
}

void ChartView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT clicked(chart()->mapFromScene(mapToScene(event->position().toPoint())));
    QChartView::mouseReleaseEvent(event);
}

void ChartView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    connect(menu.addAction(tr("Export chart...")), &QAction::triggered, this, &ChartView::exportRequested);
    connect(menu.addAction(tr("Copy picture")), &QAction::triggered, this,
            [this] { QApplication::clipboard()->setPixmap(grab()); });
    menu.exec(event->globalPos());
}

} // namespace spacewright
