// A parameter's spread before and after, with a handle at each end of the range that is left: by mouse and by keys.
#pragma once
#include "core/statistics/prospect.h"

#include <QColor>
#include <QWidget>

namespace spacewright {

class RangeHandle;

class RangeHistogram : public QWidget {
    Q_OBJECT
public:
    enum class End { low, high };
    /// `title` is the parameter's, for screen readers.
    RangeHistogram(const QString& name, const QString& title, QWidget* parent);

    void setSpread(const Spread&, const QColor& after);
    /// Infinite where nothing limits the parameter beyond what the space does.
    void setRange(double low, double high);
    RangeHandle* handle(End end) const { return end == End::low ? m_low : m_high; }
    QSize sizeHint() const override { return {120, 30}; }
    QSize minimumSizeHint() const override { return {70, 30}; }

    /// Where a value lies, in points from the left.
    qreal positionOf(double value) const;

Q_SIGNALS:
    /// A handle was moved to this value, infinite at the end of the axis. `gesture` is one number per drag or key,
    /// which merges the steps of a drag; keys have 0.
    void moved(RangeHistogram::End, double value, int gesture);

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void changeEvent(QEvent*) override;

private:
    friend class RangeHandle;
    bool ready() const { return m_spread.bins.edges.size() > 1; }
    QRectF plotArea() const;
    double valueAt(qreal x) const;
    void place();
    qreal cut(End, double value) const;
    double snapped(End, double value) const;
    void beginDrag() { ++m_gesture; }
    void open(End); ///< takes the limit away
    void drag(End, qreal x);
    void step(End, int steps);
    void moveTo(End, double value, int gesture);
    void paintBars(QPainter&, const std::vector<double>& density, double highest, const QColor&) const;

    Spread m_spread;
    QColor m_after;
    double m_lowest, m_highest; ///< the range that is left
    RangeHandle *m_low, *m_high;
    End m_dragged = End::low;
    int m_gesture = 0;
};

} // namespace spacewright
