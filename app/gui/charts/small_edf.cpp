// An EDF as small as a word.
#include "app/gui/charts/small_edf.h"

#include "app/gui/charts/palette.h"

#include <QPainter>
#include <algorithm>

namespace spacewright {

ErrorRange errorRangeOf(const std::vector<const Edf*>& edfs)
{
    if (edfs.empty())
        return {};
    ErrorRange range{100, 0};
    for (const Edf* edf : edfs) {
        range.low = std::min(range.low, edf->min);
        range.high = std::max(range.high, std::min(edf->max, edf->median + 2 * (edf->median - edf->min)));
    }
    range.high = std::max(range.high, range.low + 0.1);
    const double margin = (range.high - range.low) * 0.06;
    return {range.low - margin, range.high + margin};
}

void paintSmallEdf(QPainter& painter, const QRectF& area, const Edf& edf, const ErrorRange& range, const QColor& colour,
                   qreal width)
{
    const auto x = [&](double error) {
        return area.left() + area.width() * std::clamp((error - range.low) / (range.high - range.low), 0.0, 1.0);
    };
    const auto y = [&](int below) { return area.bottom() - area.height() * below / edf.n(); };
    QPolygonF steps{{area.left(), area.bottom()}};
    for (int i = 0; i < edf.n(); ++i) {
        const double error = edf.errors[static_cast<std::size_t>(i)];
        if (error > range.high)
            break;
        steps << QPointF(x(error), y(i)) << QPointF(x(error), y(i + 1));
    }
    steps << QPointF(area.right(), steps.back().y());
    painter.setPen(QPen(colour, width));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(steps);
}

SmallEdf::SmallEdf(QWidget* parent) : QWidget(parent)
{
    setFixedSize(SmallEdf::sizeHint());
}

void SmallEdf::setEdfs(const std::optional<Edf>& all, const std::optional<Edf>& part, const QColor& partColour)
{
    m_all = all;
    m_part = part;
    m_colour = partColour;
    update();
}

void SmallEdf::paintEvent(QPaintEvent*)
{
    std::vector<const Edf*> edfs;
    for (const auto* edf : {&m_all, &m_part})
        if (*edf)
            edfs.push_back(&**edf);
    if (edfs.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme theme = themeOf(palette());
    const QRectF area = QRectF(rect()).adjusted(1, 2, -1, -2);
    painter.setPen(QPen(theme.grid, 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    const ErrorRange range = errorRangeOf(edfs);
    if (m_all)
        paintSmallEdf(painter, area, *m_all, range, theme.receding.darker(theme.dark ? 80 : 120));
    if (m_part)
        paintSmallEdf(painter, area, *m_part, range, m_colour, 1.8);
}

} // namespace spacewright
