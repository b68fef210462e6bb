// ParallelView, how it is drawn.
#include "app/gui/format.h"
#include "app/gui/panels/parallel_view.h"
#include "core/figures/quantity.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

constexpr int fine = 160, coarse = 48;   ///< places of an axis that lines are gathered at
constexpr std::size_t manyModels = 2000; ///< from here on coarse, so that a drag stays fluent

QString axisText(const std::string& key, double value)
{
    return quantityOf(key).isCount ? countText(value) : valueText(value);
}

} // namespace

/// Lines between the same two places of neighbouring axes are one line, the stronger the more they are.
void ParallelView::drawLines(QPainter& painter, const std::vector<std::size_t>& rows, const QColor& colour) const
{
    const int places = rows.size() > manyModels ? coarse : fine;
    const auto side = static_cast<std::size_t>(places);
    const QRectF area = plot();
    std::vector<int> counts;
    for (std::size_t i = 0; i + 1 < m_axes.size(); ++i) {
        counts.assign(side * side, 0);
        const auto placeOf = [&](const Axis& axis, std::size_t row) {
            const double value = m_snapshot->rows->numbers[axis.column][row];
            return std::isfinite(value) ? std::min(static_cast<int>(share(axis, value) * places), places - 1) : -1;
        };
        for (const std::size_t row : rows) {
            const int left = placeOf(m_axes[i], row), right = placeOf(m_axes[i + 1], row);
            if (left >= 0 && right >= 0)
                ++counts[static_cast<std::size_t>(left) * side + static_cast<std::size_t>(right)];
        }
        const int most = std::max(1, *std::max_element(counts.begin(), counts.end()));
        for (int left = 0; left < places; ++left)
            for (int right = 0; right < places; ++right) {
                const int n = counts[static_cast<std::size_t>(left) * places + right];
                if (n == 0)
                    continue;
                QColor shade = colour;
                shade.setAlphaF(static_cast<float>(most == 1 ? 0.6 : 0.12 + 0.6 * std::log1p(n) / std::log1p(most)));
                painter.setPen(QPen(shade, 1));
                const auto y = [&](int place) { return area.top() + (place + 0.5) / places * area.height(); };
                painter.drawLine(QPointF(x(i), y(left)), QPointF(x(i + 1), y(right)));
            }
    }
}

void ParallelView::redraw()
{
    m_lines = {};
    update();
}

void ParallelView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme theme = themeOf(palette());
    painter.fillRect(rect(), theme.background);
    if (!m_snapshot || m_axes.empty())
        return;
    if (m_lines.isNull()) {
        m_lines = QImage(size() * devicePixelRatioF(), QImage::Format_ARGB32_Premultiplied);
        m_lines.setDevicePixelRatio(devicePixelRatioF());
        m_lines.fill(Qt::transparent);
        const ModelRows& rows = *m_snapshot->rows;
        std::vector<std::vector<std::size_t>> bySpace(m_snapshot->study->populations.size());
        std::vector<std::size_t> receding;
        for (std::size_t row = 0; row < rows.size(); ++row)
            (m_selection.recedes(rows.models[row]->id) ? receding : bySpace[static_cast<std::size_t>(rows.spaces[row])])
                .push_back(row);
        QPainter lines(&m_lines);
        lines.setRenderHint(QPainter::Antialiasing, rows.size() <= manyModels);
        drawLines(lines, receding, theme.receding);
        for (std::size_t space = 0; space < bySpace.size(); ++space)
            drawLines(lines, bySpace[space], spaceStyle(static_cast<int>(space), theme).colour);
    }
    painter.drawImage(0, 0, m_lines);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = plot();
    const qreal line = fontMetrics().height();
    for (std::size_t i = 0; i < m_axes.size(); ++i) {
        const Axis& axis = m_axes[i];
        const bool isCurrent = hasFocus() && i == m_current;
        painter.setPen(QPen(isCurrent ? palette().color(QPalette::Highlight) : theme.muted, isCurrent ? 2.5 : 1));
        painter.drawLine(QPointF(x(i), area.top()), QPointF(x(i), area.bottom()));
        painter.setPen(theme.text);
        const auto write = [&](qreal top, const QString& text) {
            painter.drawText(QRectF(x(i) - 60, top, 120, line), Qt::AlignCenter, text);
        };
        write(area.top() - 2 * line - 2, QString::fromStdString(axis.key));
        write(area.top() - line - 2, axisText(axis.key, axis.high));
        write(area.bottom() + 3, axisText(axis.key, axis.low));
        if (const auto range = m_ranges.find(axis.key); range != m_ranges.end()) {
            QColor wash = palette().color(QPalette::Highlight);
            painter.setPen(wash);
            wash.setAlpha(70);
            painter.setBrush(wash);
            const qreal top = area.top() + share(axis, range->second.high) * area.height();
            const qreal bottom = area.top() + share(axis, range->second.low) * area.height();
            painter.drawRect(QRectF(x(i) - 6, top, 12, std::max(2.0, bottom - top)));
        }
    }
}

void ParallelView::resizeEvent(QResizeEvent*)
{
    redraw();
}

void ParallelView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        redraw();
    QWidget::changeEvent(event);
}

} // namespace spacewright
