// A network block by block, or two of them one upon the other.
#include "app/gui/panels/block_drawing.h"

#include "app/gui/format.h"
#include "app/gui/panels/silhouettes.h"
#include "core/network/layer_table.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

/// The outline of bars of these heights, closed at the bottom.
QPolygonF outline(const std::vector<qreal>& edges, const std::vector<qreal>& tops, qreal bottom)
{
    QPolygonF steps{QPointF(edges.front(), bottom)};
    for (std::size_t block = 0; block < tops.size(); ++block)
        steps << QPointF(edges[block], tops[block]) << QPointF(edges[block + 1], tops[block]);
    return steps << QPointF(edges.back(), bottom);
}

/// Only what lies upon the bars.
QPolygonF steps(const std::vector<qreal>& edges, const std::vector<qreal>& tops)
{
    QPolygonF line = outline(edges, tops, 0);
    line.removeFirst();
    line.removeLast();
    return line;
}

QPen dashed(const QColor& colour)
{
    QPen pen(colour, 1.6);
    pen.setDashPattern({4, 2.5});
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

} // namespace

qreal BlockDrawing::Scale::y(double width) const
{
    return area.bottom() - area.height() * (std::log2(width) - low) / (high - low);
}

BlockDrawing::BlockDrawing(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setObjectName("blocks");
    setAccessibleName(tr("Width of each block"));
    setWhatsThis(tr("The width of each block. Below each stage: its resolution, the stride of its first block, the "
                    "group width g of its 3x3. The dashed line is the quantised linear function of widths, a RegNet, "
                    "that comes closest; e_fit is the mean |ln(fit / width)| over the blocks (section 3.3)."));
}

void BlockDrawing::setNetworks(std::vector<DrawnNetwork> networks, const QColor& colour)
{
    m_networks = std::move(networks);
    m_colour = colour;
    m_sizes = m_networks.empty() ? std::vector<int>() : stageSizes(m_networks.front().network);
    QStringList words;
    for (const DrawnNetwork& one : m_networks)
        words << tr("%1: %2").arg(one.name, stagesText(one.network));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

QFont BlockDrawing::smallFont() const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    return small;
}

/// From the power of two below the narrowest block to a little above the widest.
BlockDrawing::Scale BlockDrawing::scale() const
{
    const QFontMetricsF small(smallFont());
    double narrowest = 1e9, widest = 1;
    for (const DrawnNetwork& one : m_networks)
        for (const Stage& stage : one.network.stages) {
            narrowest = std::min<double>(narrowest, stage.width);
            widest = std::max<double>(widest, stage.width);
        }
    for (const int width : m_networks.size() == 1 ? m_networks.front().fit : std::vector<int>()) {
        narrowest = std::min<double>(narrowest, width);
        widest = std::max<double>(widest, width);
    }
    Scale scale;
    scale.low = std::floor(std::log2(narrowest)) - 1;
    scale.high = std::max(scale.low + 2, std::log2(widest) + 0.3);
    const qreal left = small.horizontalAdvance(QStringLiteral("1024")) + 6, line = small.height();
    const qreal below = m_networks.size() == 1 ? 2 * line + 4 : line + 4;
    scale.area = QRectF(left, 2 * line + 2, width() - left - 4, height() - 2 * line - 2 - below);
    return scale;
}

/// Where the blocks begin and end. Of one network, a short stage still has room for its words.
std::vector<qreal> BlockDrawing::edges(const Network& network, const QRectF& area) const
{
    std::size_t deepest = 1;
    for (const DrawnNetwork& one : m_networks)
        deepest = std::max(deepest, static_cast<std::size_t>(totalDepth(one.network)));
    const qreal words = QFontMetricsF(smallFont()).horizontalAdvance(QStringLiteral("28x28")) + 6;
    const auto stages = static_cast<qreal>(network.stages.size());
    const bool roomy = m_networks.size() == 1 && stages * words < area.width();
    const qreal free = roomy ? area.width() - stages * words : area.width();
    std::vector<qreal> edges{area.left()};
    for (const Stage& stage : network.stages)
        for (int block = 0; block < stage.depth; ++block)
            edges.push_back(edges.back() + free / static_cast<qreal>(deepest) + (roomy ? words / stage.depth : 0));
    return edges;
}

void BlockDrawing::paintEvent(QPaintEvent*)
{
    if (m_networks.empty())
        return;
    QPainter painter(this);
    painter.setFont(smallFont());
    const Scale scale = this->scale();
    paintAxis(painter, scale);
    if (m_networks.size() == 1)
        paintOne(painter, scale);
    else
        paintTwo(painter, scale);
}

void BlockDrawing::paintAxis(QPainter& painter, const Scale& scale) const
{
    const Theme theme = themeOf(palette());
    const qreal line = painter.fontMetrics().height();
    qreal lastLabel = scale.area.bottom() + line;
    for (int power = static_cast<int>(scale.low) + 1; power <= scale.high; ++power) {
        const qreal y = scale.y(std::exp2(power));
        painter.setPen(theme.grid);
        painter.drawLine(QPointF(scale.area.left(), y), QPointF(scale.area.right(), y));
        if (lastLabel - y < line * 1.2)
            continue;
        lastLabel = y;
        painter.setPen(theme.muted);
        painter.drawText(QRectF(0, y - line / 2, scale.area.left() - 4, line), Qt::AlignRight | Qt::AlignVCenter,
                         QString::number(1 << power));
    }
    painter.setPen(theme.muted);
    painter.drawLine(scale.area.bottomLeft(), scale.area.bottomRight());
}

void BlockDrawing::paintOne(QPainter& painter, const Scale& scale) const
{
    const Theme theme = themeOf(palette());
    const DrawnNetwork& drawn = m_networks.front();
    const std::vector<qreal> edges = this->edges(drawn.network, scale.area);
    QColor pale = m_colour;
    pale.setAlpha(140);
    painter.setPen(Qt::NoPen);
    std::size_t block = 0;
    for (std::size_t i = 0; i < drawn.network.stages.size(); ++i) {
        const Stage& stage = drawn.network.stages[i];
        painter.setBrush(i % 2 ? pale : m_colour);
        for (int n = 0; n < stage.depth; ++n, ++block) {
            const QPointF corner(edges[block], scale.y(stage.width));
            painter.drawRect(QRectF(corner, QPointF(edges[block + 1], scale.area.bottom()))
                                 .adjusted(0.5, 0, edges[block + 1] - edges[block] > 3 ? -0.5 : 0.5, 0));
        }
    }
    std::vector<std::pair<QPen, QString>> key;
    if (drawn.fit.size() + 1 == edges.size()) {
        std::vector<qreal> tops;
        for (const int width : drawn.fit)
            tops.push_back(scale.y(width));
        painter.setPen(dashed(theme.best));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(steps(edges, tops));
        key.emplace_back(dashed(theme.best), tr("quantised linear fit, e_fit %1").arg(drawn.fitError, 0, 'f', 3));
    }
    paintStageWords(painter, scale, edges);
    paintKey(painter, key);
}

/// What has no room in its stage is left out: the tooltip has it.
void BlockDrawing::paintStageWords(QPainter& painter, const Scale& scale, const std::vector<qreal>& edges) const
{
    const Theme theme = themeOf(palette());
    const QFontMetricsF metrics(painter.font());
    const qreal line = metrics.height();
    std::size_t block = 0;
    for (std::size_t i = 0; i < m_sizes.size(); ++i) {
        const Stage& stage = m_networks.front().network.stages[i];
        const qreal left = edges[block];
        block += static_cast<std::size_t>(stage.depth);
        const auto text = [&](qreal top, const QString& words, const QColor& colour) {
            QRectF place(0, top, metrics.horizontalAdvance(words), line);
            place.moveCenter({(left + edges[block]) / 2, place.center().y()});
            if (place.width() > edges[block] - left)
                return;
            painter.fillRect(place, palette().color(QPalette::Window)); // the fit may run through here
            painter.setPen(colour);
            painter.drawText(place, Qt::AlignCenter, words);
        };
        text(scale.y(stage.width) - line - 1, QString::number(stage.width), theme.text);
        text(scale.area.bottom() + 2, tr("%1x%1").arg(m_sizes[i]), theme.muted);
        text(scale.area.bottom() + 2 + line, tr("/%1 g%2").arg(stage.stride).arg(stage.groupWidth), theme.muted);
    }
}

void BlockDrawing::paintTwo(QPainter& painter, const Scale& scale) const
{
    const Theme theme = themeOf(palette());
    const QPen pens[]{QPen(m_colour, 2), dashed(theme.best)};
    std::vector<std::pair<QPen, QString>> key;
    for (std::size_t i = 0; i < m_networks.size(); ++i) {
        const std::vector<qreal> edges = this->edges(m_networks[i].network, scale.area);
        std::vector<qreal> tops;
        for (const int width : widthPerBlock(m_networks[i].network))
            tops.push_back(scale.y(width));
        const QPolygonF shape = outline(edges, tops, scale.area.bottom());
        QColor wash = m_colour;
        wash.setAlpha(60);
        painter.setPen(Qt::NoPen);
        painter.setBrush(i == 0 ? QBrush(wash) : Qt::NoBrush);
        painter.drawPolygon(shape);
        painter.setPen(pens[i]);
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(shape);
        key.emplace_back(pens[i], m_networks[i].name);
    }
    paintKey(painter, key);
    painter.setPen(theme.muted);
    painter.drawText(QRectF(scale.area.left(), scale.area.bottom() + 2, scale.area.width(), height()),
                     Qt::AlignHCenter | Qt::AlignTop, tr("block index j"));
}

void BlockDrawing::paintKey(QPainter& painter, const std::vector<std::pair<QPen, QString>>& key) const
{
    const QFontMetricsF metrics(painter.font());
    const qreal sign = 22, middle = metrics.height() / 2;
    qreal x = metrics.horizontalAdvance(QStringLiteral("1024")) + 6;
    for (const auto& [pen, words] : key) {
        painter.setPen(pen);
        painter.drawLine(QPointF(x, middle), QPointF(x + sign, middle));
        painter.setPen(themeOf(palette()).text);
        const QString shown = metrics.elidedText(words, Qt::ElideRight, width() - x - sign - 6);
        painter.drawText(QPointF(x + sign + 4, metrics.ascent()), shown);
        x += sign + 4 + metrics.horizontalAdvance(shown) + 14;
    }
}

QString BlockDrawing::stageAt(const QPoint& at) const
{
    const Network& network = m_networks.front().network;
    const std::vector<qreal> edges = this->edges(network, scale().area);
    std::size_t block = 0;
    for (std::size_t i = 0; i < network.stages.size(); ++i) {
        const Stage& stage = network.stages[i];
        const qreal left = edges[block];
        block += static_cast<std::size_t>(stage.depth);
        if (at.x() >= left && at.x() < edges[block])
            return tr("stage %1: depth %2, width %3, bottleneck ratio %4, group width %5, stride %6, %7x%7 pixels")
                .arg(i + 1)
                .arg(stage.depth)
                .arg(stage.width)
                .arg(valueText(stage.bottleneckRatio))
                .arg(stage.groupWidth)
                .arg(stage.stride)
                .arg(m_sizes[i]);
    }
    return {};
}

bool BlockDrawing::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), m_networks.empty() ? QString() : stageAt(help->pos()), this);
    return true;
}

} // namespace spacewright
