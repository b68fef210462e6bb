// A chart in the window: antialiased, redrawn at most once per tick however fast results arrive.
#pragma once
#include "app/gui/charts/palette.h"

#include <QChartView>
#include <QTimer>
#include <functional>

namespace spacewright {

class ChartView : public QChartView {
    Q_OBJECT
public:
    /// `redraw` plots what is newest; `restyle` takes the desktop's colours.
    ChartView(QChart*, std::function<void()> redraw, std::function<void(const Theme&)> restyle, QWidget* parent);

    void redrawSoon();

Q_SIGNALS:
    void clicked(QPointF chartPosition);
    void exportRequested();

protected:
    void paintEvent(QPaintEvent*) override;
    void focusInEvent(QFocusEvent*) override;
    void focusOutEvent(QFocusEvent*) override;
    void changeEvent(QEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void contextMenuEvent(QContextMenuEvent*) override;

private:
    std::function<void(const Theme&)> m_restyle;
    QTimer m_soon;
};

} // namespace spacewright
