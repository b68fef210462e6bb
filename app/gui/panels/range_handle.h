// One end of a range on a histogram: a line with a grip, moved by mouse and keys.
#pragma once
#include "app/gui/panels/range_histogram.h"

namespace spacewright {

/// One end of the range. Arrows move it by a value, Page keys by ten, Home and End to the ends of the axis, Delete
/// takes the limit away.
class RangeHandle : public QWidget {
    Q_OBJECT
public:
    static constexpr int width = 13; ///< points
    RangeHandle(RangeHistogram*, RangeHistogram::End);

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

private:
    RangeHistogram* m_histogram;
    RangeHistogram::End m_end;
};

} // namespace spacewright
