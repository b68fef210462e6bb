// Parallel coordinates: each model is a line over all its parameters and its error.
#pragma once
#include "app/gui/charts/palette.h"
#include "app/gui/selection.h"
#include "app/gui/snapshot.h"

#include <QTimer>
#include <QWidget>
#include <map>

namespace spacewright {

/// Mouse: a drag along an axis keeps the models within that range, whatever the other axes keep too; a click on the
/// axis gives its range up, a double-click all. Keys: left and right choose an axis, up and down move the lower end of
/// its range, with Shift the upper one; Delete gives it up, Escape all.
class ParallelView : public QWidget {
    Q_OBJECT
public:
    explicit ParallelView(Selection&, QWidget* parent = nullptr);
    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    /// The ranges of those axes that are parameters of spaces.
    std::vector<Constraint> constraints() const;
    /// Where an axis stands, and a value on it, in the widget.
    QPointF place(const std::string& key, double value) const;
    QSize minimumSizeHint() const override { return {240, 140}; }

Q_SIGNALS:
    void rangesChanged();

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void changeEvent(QEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void mouseDoubleClickEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent*) override;

private:
    struct Axis {
        std::string key;
        std::size_t column = 0; ///< of the rows
        double low = 0, high = 1;
    };
    struct Range {
        double low = 0, high = 0;
    };
    void listAxes();
    std::string parameterOf(const std::string& key) const;
    void redraw();
    void drawLines(QPainter&, const std::vector<std::size_t>& rows, const QColor&) const;
    void select();
    void setRange(const std::string& key, double low, double high);
    void moveEnd(double share, bool upper);
    QRectF plot() const;
    qreal x(std::size_t axis) const;
    qreal share(const Axis&, double value) const;
    double valueAt(const Axis&, qreal y) const;
    std::optional<std::size_t> axisAt(qreal x) const;

    Selection& m_selection;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::vector<Axis> m_axes;
    std::map<std::string, Range> m_ranges; ///< by key
    std::size_t m_current = 0;             ///< the axis that the keys move
    std::optional<std::size_t> m_dragged;
    QPointF m_pressed;
    bool m_selecting = false;
    QImage m_lines; ///< null: to be drawn
    QTimer m_soon;
};

} // namespace spacewright
