// A chart in the window.
#include "app/gui/panels/chart_view.h"

#include "core/exchange/figure_table.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QMimeData>

namespace spacewright {

ChartView::ChartView(PanelChart* chart, std::function<void()> redraw, QWidget* parent)
    : QChartView(chart, parent), m_chart(chart), m_redraw(std::move(redraw))
{
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(180, 130); // Qt Charts leaves out labels of lower ones
    setMouseTracking(true);
    setToolTip({});
    m_soon.setSingleShot(true);
    m_soon.setInterval(30);
    connect(&m_soon, &QTimer::timeout, this, [this] { m_redraw(); });
    connect(scene(), &QGraphicsScene::changed, this, [this] {
        m_picture = {};
        viewport()->update();
    });
    restyle();
}

void ChartView::setSelection(Selection& selection, std::function<std::vector<ModelId>(Point, Point)> brushed)
{
    m_selection = &selection;
    m_brushed = std::move(brushed);
    m_chart->setSelection(m_selection);
}

void ChartView::restyle()
{
    const Theme theme = themeOf(palette());
    m_chart->setTheme(theme, devicePixelRatioF());
    setBackgroundBrush(theme.background);
}

void ChartView::redrawSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void ChartView::redrawNow()
{
    m_redraw();
    m_picture = {};
    viewport()->repaint();
}

void ChartView::paintEvent(QPaintEvent*)
{
    // The chart is drawn once; a crosshair that moves costs a copy of it.
    if (m_picture.isNull() || m_picture.deviceIndependentSize() != QSizeF(viewport()->size())) {
        m_picture = QPixmap(viewport()->size() * devicePixelRatioF());
        m_picture.setDevicePixelRatio(devicePixelRatioF());
        QPainter chart(&m_picture);
        chart.setRenderHints(renderHints());
        render(&chart, QRectF(QPointF(), QSizeF(viewport()->size())), viewport()->rect());
    }
    QPainter painter(viewport());
    painter.drawPixmap(0, 0, m_picture);
    paintHands(painter);
}

void ChartView::paintHands(QPainter& painter) const
{
    const QRectF plot = m_chart->plotArea();
    const QColor ink = palette().color(QPalette::Text);
    if (m_gesture == Gesture::brush || m_gesture == Gesture::zoom) {
        QColor wash = m_gesture == Gesture::brush ? palette().color(QPalette::Highlight) : ink;
        painter.setPen(QPen(wash, 1, Qt::DashLine));
        wash.setAlpha(30);
        painter.setBrush(wash);
        painter.drawRect(rectangle());
    } else if (m_crosshair && plot.contains(*m_crosshair)) {
        QColor pale = ink;
        pale.setAlpha(90);
        painter.setPen(pale);
        painter.drawLine(QPointF(m_crosshair->x(), plot.top()), QPointF(m_crosshair->x(), plot.bottom()));
        painter.drawLine(QPointF(plot.left(), m_crosshair->y()), QPointF(plot.right(), m_crosshair->y()));
        const QString words = m_chart->readout(*m_crosshair);
        QRectF label = painter.fontMetrics().boundingRect(QRect(0, 0, 2000, 2000), Qt::AlignLeft, words);
        label.setSize(label.size() + QSizeF(8, 4));
        label.moveBottomLeft(*m_crosshair + QPointF(8, -6));
        if (label.right() > width() - 2)
            label.moveRight(m_crosshair->x() - 8);
        label.moveLeft(std::max(2.0, label.left()));
        if (label.top() < 2)
            label.moveTop(m_crosshair->y() + 10);
        painter.setPen(themeOf(palette()).grid);
        painter.setBrush(palette().color(QPalette::Base));
        painter.drawRect(label);
        painter.setPen(ink);
        painter.drawText(label.adjusted(4, 2, 0, 0), Qt::AlignLeft, words);
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
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
    if (event->type() == QEvent::PaletteChange)
        restyle();
    QChartView::changeEvent(event);
}

void ChartView::copy()
{
    auto* data = new QMimeData;
    QImage picture(viewport()->size() * 2, QImage::Format_RGB32);
    picture.fill(themeOf(palette()).background);
    QPainter painter(&picture);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    render(&painter, picture.rect(), viewport()->rect());
    painter.end();
    data->setImageData(picture);
    const std::string numbers = toTable({.panels = {m_chart->panel()}}, '\t');
    data->setData(QStringLiteral("text/tab-separated-values"), QByteArray::fromStdString(numbers));
    data->setText(QString::fromStdString(numbers));
    QApplication::clipboard()->setMimeData(data);
}

void ChartView::listSpaces(QMenu& menu)
{
    std::set<int> listed;
    for (const LegendEntry& entry : m_chart->key().entries()) {
        if (entry.space < 0 || !listed.insert(entry.space).second)
            continue;
        QAction* action = menu.addAction(entry.text);
        action->setCheckable(true);
        action->setChecked(!entry.hidden);
        connect(action, &QAction::toggled, this,
                [this, space = entry.space](bool shown) { m_chart->setHidden(space, !shown); });
    }
}

void ChartView::openMenu(const QPoint& global)
{
    QMenu menu(this);
    connect(menu.addAction(tr("&Copy picture and numbers")), &QAction::triggered, this, &ChartView::copy);
    connect(menu.addAction(tr("&Export chart...")), &QAction::triggered, this, &ChartView::exportRequested);
    menu.addSeparator();
    listSpaces(*menu.addMenu(tr("&Show")));
    for (const Qt::Orientation orientation : {Qt::Horizontal, Qt::Vertical}) {
        QAction* action = menu.addAction(orientation == Qt::Horizontal ? tr("Logarithmic &horizontal axis")
                                                                       : tr("Logarithmic &vertical axis"));
        action->setCheckable(true);
        action->setChecked(m_chart->isLogarithmic(orientation));
        action->setEnabled(m_chart->isLogarithmic(orientation) || m_chart->canBeLogarithmic(orientation));
        connect(action, &QAction::toggled, this,
                [this, orientation](bool on) { m_chart->setLogarithmic(orientation, on); });
    }
    QAction* all = menu.addAction(tr("Show &all again"));
    all->setEnabled(m_chart->isZoomed());
    connect(all, &QAction::triggered, m_chart, &PanelChart::resetView);
    if (m_selection) {
        menu.addSeparator();
        QAction* clear = menu.addAction(tr("C&lear the selection"));
        clear->setEnabled(!m_selection->isEmpty());
        connect(clear, &QAction::triggered, m_selection, &Selection::clear);
    }
    menu.addActions(actions());
    menu.exec(global);
}

void ChartView::contextMenuEvent(QContextMenuEvent* event)
{
    // The right button opens it when it is let go, because with it one may also drag.
    if (event->reason() != QContextMenuEvent::Mouse)
        openMenu(mapToGlobal(crosshair().toPoint()));
}

} // namespace spacewright
