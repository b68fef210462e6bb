// A chart in the window and the hands on it: brush, zoom, pan, crosshair, copy; redrawn at most once per tick.
#pragma once
#include "app/gui/charts/panel_chart.h"

#include <QChartView>
#include <QTimer>
#include <functional>

class QMenu;

namespace spacewright {

/// Mouse: drag selects the models in a rectangle (with Ctrl: as well), drag with the right button zooms into it, with
/// the middle one or Shift moves the chart; the wheel zooms about the pointer, a double-click shows all again. A click
/// looks at a model (with Ctrl: takes it into the selection or out), hides or shows a space in the legend, and
/// elsewhere clears the selection.
/// Keys: arrows move the crosshair, with Ctrl the chart; + and - zoom, Home shows all; Enter looks at the model under
/// the crosshair; B begins a rectangle there, then Enter selects and Z zooms; Escape gives up the rectangle, or clears
/// the selection; Ctrl+C copies, the menu key offers the rest.
class ChartView : public QChartView {
    Q_OBJECT
public:
    /// `redraw` plots what is newest.
    ChartView(PanelChart*, std::function<void()> redraw, QWidget* parent);

    /// The models of the chart's points are selected, unless `brushed` says which ones lie between two values.
    void setSelection(Selection&, std::function<std::vector<ModelId>(Point low, Point high)> brushed = {});
    void redrawSoon();
    /// And has it painted when this returns.
    void redrawNow();
    /// A picture and its numbers: both are in the clipboard.
    void copy();
    PanelChart& panelChart() { return *m_chart; }

Q_SIGNALS:
    void exportRequested();

protected:
    void paintEvent(QPaintEvent*) override;
    void focusInEvent(QFocusEvent*) override;
    void focusOutEvent(QFocusEvent*) override;
    void changeEvent(QEvent*) override;
    void wheelEvent(QWheelEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void mouseDoubleClickEvent(QMouseEvent*) override;
    void leaveEvent(QEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void contextMenuEvent(QContextMenuEvent*) override;

private:
    enum class Gesture { none, brush, zoom, pan };
    void restyle();
    void brush(const QRectF&);
    void click(QPointF, Qt::KeyboardModifiers);
    void finishRectangle();
    void moveCrosshair(QPointF by);
    bool pressWithRectangle(int key);
    QPointF crosshair() const { return m_crosshair.value_or(m_chart->plotArea().center()); }
    QRectF rectangle() const { return QRectF(m_from, m_to).normalized(); }
    void openMenu(const QPoint& global);
    void listSpaces(QMenu&);
    void paintHands(QPainter&) const;

    PanelChart* m_chart;
    std::function<void()> m_redraw;
    Selection* m_selection = nullptr;
    std::function<std::vector<ModelId>(Point, Point)> m_brushed;
    QTimer m_soon;
    QPixmap m_picture; ///< of the chart, without the hands on it; null: to be drawn
    Gesture m_gesture = Gesture::none;
    bool m_byKeys = false; ///< the rectangle was begun with B
    bool m_adds = false;   ///< to what was selected before
    QPointF m_pressed, m_from, m_to;
    std::vector<ModelId> m_before; ///< the selection when the button went down
    std::optional<QPointF> m_crosshair;
};

} // namespace spacewright
