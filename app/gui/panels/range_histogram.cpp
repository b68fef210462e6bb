// A parameter's spread before and after, with a handle at each end of the range that is left.
#include "app/gui/panels/range_histogram.h"

#include "app/gui/charts/palette.h"
#include "app/gui/format.h"
#include "app/gui/panels/range_handle.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

namespace spacewright {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double rounded(double value)
{
    const double unit = std::pow(10, std::floor(std::log10(value)) - 2);
    return std::round(value / unit) * unit;
}

} // namespace

RangeHistogram::RangeHistogram(const QString& name, const QString& title, QWidget* parent)
    : QWidget(parent), m_lowest(-infinite), m_highest(infinite), m_low(new RangeHandle(this, End::low)),
      m_high(new RangeHandle(this, End::high))
{
    setObjectName(name + "_histogram");
    setAccessibleName(tr("What would be drawn of %1, before and after").arg(title));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_low->setObjectName(name + "_low_handle");
    m_low->setAccessibleName(tr("Lowest %1").arg(title));
    m_high->setObjectName(name + "_high_handle");
    m_high->setAccessibleName(tr("Highest %1").arg(title));
    place();
}

void RangeHistogram::setSpread(const Spread& spread, const QColor& after)
{
    m_spread = spread;
    m_after = after;
    place();
    update();
}

void RangeHistogram::setRange(double low, double high)
{
    m_lowest = low;
    m_highest = high;
    place();
    update();
}

QRectF RangeHistogram::plotArea() const
{
    const qreal side = RangeHandle::width / 2.0;
    return QRectF(rect()).adjusted(side, 1, -side, -6);
}

qreal RangeHistogram::positionOf(double value) const
{
    const QRectF area = plotArea();
    const std::vector<double>& edges = m_spread.bins.edges;
    if (!ready())
        return value > 0 ? area.right() : area.left();
    const double inside = std::clamp(value, edges.front(), edges.back());
    const double share = m_spread.bins.logarithmic
                             ? std::log(inside / edges.front()) / std::log(edges.back() / edges.front())
                             : (inside - edges.front()) / (edges.back() - edges.front());
    return area.left() + share * area.width();
}

double RangeHistogram::valueAt(qreal x) const
{
    const QRectF area = plotArea();
    const std::vector<double>& edges = m_spread.bins.edges;
    const double share = std::clamp((x - area.left()) / area.width(), 0.0, 1.0);
    return m_spread.bins.logarithmic ? edges.front() * std::pow(edges.back() / edges.front(), share)
                                     : edges.front() + share * (edges.back() - edges.front());
}

/// The place that parts a value from what the end leaves out: half way to the next value that can be drawn.
qreal RangeHistogram::cut(End end, double value) const
{
    const std::vector<double>& values = m_spread.bins.values;
    if (std::isinf(value) || values.empty())
        return positionOf(value);
    if (end == End::low) {
        const auto at = std::lower_bound(values.begin(), values.end(), value);
        return at == values.begin() ? positionOf(-infinite)
               : at == values.end() ? positionOf(infinite)
                                    : (positionOf(*std::prev(at)) + positionOf(*at)) / 2;
    }
    const auto above = std::upper_bound(values.begin(), values.end(), value);
    return above == values.end()     ? positionOf(infinite)
           : above == values.begin() ? positionOf(-infinite)
                                     : (positionOf(*std::prev(above)) + positionOf(*above)) / 2;
}

void RangeHistogram::place()
{
    const auto put = [this](RangeHandle* handle, End end, double value) {
        handle->setGeometry(static_cast<int>(std::lround(cut(end, value) - RangeHandle::width / 2.0)), 0,
                            RangeHandle::width, height());
        handle->setEnabled(ready());
        handle->setAccessibleDescription(std::isinf(value) ? tr("no limit") : countText(value));
    };
    put(m_low, End::low, m_lowest);
    put(m_high, End::high, m_highest);
    // Where both meet at an end of the axis, the one that can still be moved lies above.
    (m_low->x() > width() / 2 ? m_low : m_high)->raise();
}

/// A value where a limit may stand, never beyond the other end; infinite where it would leave nothing out.
double RangeHistogram::snapped(End end, double value) const
{
    const bool low = end == End::low;
    const double open = low ? -infinite : infinite;
    value = low ? std::min(value, m_highest) : std::max(value, m_lowest);
    const std::vector<double>& values = m_spread.bins.values;
    if (!values.empty()) {
        const auto at = std::lower_bound(values.begin(), values.end(), value);
        const double nearest = at == values.end() ? values.back() : *at;
        return nearest == (low ? values.front() : values.back()) ? open : nearest;
    }
    const std::vector<double>& edges = m_spread.bins.edges;
    if (low ? value <= edges.front() : value >= edges.back())
        return open;
    return rounded(value);
}

void RangeHistogram::moveTo(End end, double value, int gesture)
{
    const double to = snapped(end, value);
    if (to == (end == End::low ? m_lowest : m_highest))
        return;
    Q_EMIT moved(end, to, gesture);
}

void RangeHistogram::drag(End end, qreal x)
{
    if (!ready())
        return;
    const std::vector<double>& values = m_spread.bins.values;
    if (values.empty())
        return moveTo(end, valueAt(x), m_gesture);
    // The value whose cut is nearest.
    const double nearest = *std::min_element(values.begin(), values.end(), [&](double a, double b) {
        return std::abs(cut(end, a) - x) < std::abs(cut(end, b) - x);
    });
    moveTo(end, nearest, m_gesture);
}

void RangeHistogram::step(End end, int steps)
{
    if (!ready())
        return;
    const Bins& bins = m_spread.bins;
    double value = end == End::low ? m_lowest : m_highest;
    if (bins.values.empty()) {
        value = std::clamp(value, bins.edges.front(), bins.edges.back());
        const double factor = std::max(std::pow(bins.edges.back() / bins.edges.front(), 0.01), 1.01);
        return moveTo(end, value * std::pow(factor, steps), 0);
    }
    const auto last = std::ssize(bins.values) - 1;
    const auto above = std::lower_bound(bins.values.begin(), bins.values.end(), value) - bins.values.begin();
    const auto at = std::clamp<std::ptrdiff_t>(std::min<std::ptrdiff_t>(above, last) + steps, 0, last);
    moveTo(end, bins.values[static_cast<std::size_t>(at)], 0);
}

void RangeHistogram::open(End end)
{
    moveTo(end, end == End::low ? -infinite : infinite, 0);
}

void RangeHistogram::paintBars(QPainter& painter, const std::vector<double>& density, double highest,
                               const QColor& colour) const
{
    const QRectF area = plotArea();
    painter.setBrush(colour);
    for (std::size_t i = 0; i < density.size(); ++i) {
        const qreal left = positionOf(m_spread.bins.edges[i]), right = positionOf(m_spread.bins.edges[i + 1]);
        const qreal tall = area.height() * density[i] / highest;
        painter.drawRect(QRectF(left, area.bottom() - tall, std::max(right - left - 1, 1.0), tall));
    }
}

void RangeHistogram::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF area = plotArea();
    const Theme theme = themeOf(palette());
    painter.setPen(QPen(theme.grid, 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    if (!ready())
        return;
    painter.setPen(Qt::NoPen);
    QColor kept = m_after;
    kept.setAlpha(36);
    const qreal from = cut(End::low, m_lowest), to = cut(End::high, m_highest);
    if (from > area.left() + 1 || to < area.right() - 1)
        painter.fillRect(QRectF(from, area.top(), to - from, area.height()), kept);
    double highest = 1;
    for (const auto* density : {&m_spread.before, &m_spread.after})
        for (const double one : *density)
            highest = std::max(highest, one);
    QColor before = theme.receding;
    paintBars(painter, m_spread.before, highest, before);
    QColor after = m_after;
    after.setAlpha(190);
    paintBars(painter, m_spread.after, highest, after);
}

void RangeHistogram::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

void RangeHistogram::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !ready())
        return;
    // A press between the handles takes the nearer one.
    const qreal x = event->position().x();
    const bool low = std::abs(x - cut(End::low, m_lowest)) < std::abs(x - cut(End::high, m_highest));
    m_dragged = low ? End::low : End::high;
    handle(m_dragged)->setFocus(Qt::MouseFocusReason);
    beginDrag();
    drag(m_dragged, x);
}

void RangeHistogram::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        drag(m_dragged, event->position().x());
}

void RangeHistogram::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace spacewright
