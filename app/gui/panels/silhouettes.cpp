// Networks as drawings.
#include "app/gui/panels/silhouettes.h"

#include "app/gui/format.h"
#include "core/exchange/pycls_yaml.h"

#include <QApplication>
#include <QDrag>
#include <QFile>
#include <QHelpEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QTemporaryDir>
#include <QToolTip>
#include <QUrl>
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

/// One bar per block, its height logarithmic so that narrow stages show too; `tallest` channels fill the height.
void paintBars(QPainter& painter, const QRectF& area, const Network& network, int tallest, const QColor& colour)
{
    const qreal step = std::min(area.width() / totalDepth(network), 18.0);
    qreal x = area.left() + (area.width() - step * totalDepth(network)) / 2;
    QColor pale = colour;
    pale.setAlpha(150);
    bool odd = false;
    for (const Stage& stage : network.stages) {
        const qreal height = area.height() * std::log2(1 + stage.width / 4.0) / std::log2(1 + tallest / 4.0);
        painter.setBrush(odd ? pale : colour);
        for (int block = 0; block < stage.depth; ++block, x += step)
            painter.drawRect(QRectF(x, area.bottom() - height, std::max(step * 0.5, step - 1), height));
        odd = !odd;
    }
}

} // namespace

QString stagesText(const Network& network)
{
    QStringList depths, widths, ratios, groups;
    for (const Stage& stage : network.stages) {
        depths << QString::number(stage.depth);
        widths << QString::number(stage.width);
        ratios << valueText(stage.bottleneckRatio);
        groups << QString::number(stage.groupWidth);
    }
    return Silhouettes::tr("d %1, w %2, b %3, g %4")
        .arg(depths.join(' '), widths.join(' '), ratios.join(' '), groups.join(' '));
}

Silhouettes::Silhouettes(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void Silhouettes::setSamples(std::vector<Sample> samples, const QColor& colour, int columns)
{
    std::vector<QColor> colours(samples.size(), colour);
    setSamples(std::move(samples), std::move(colours), columns);
}

void Silhouettes::setSamples(std::vector<Sample> samples, std::vector<QColor> colours, int columns)
{
    m_samples = std::move(samples);
    m_colours = std::move(colours);
    m_columns = columns;
    QStringList words;
    for (const Sample& sample : m_samples)
        words << stagesText(sample.network);
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

void Silhouettes::setMarked(std::size_t sample)
{
    m_marked = sample;
    update();
}

QRectF Silhouettes::cell(std::size_t i) const
{
    const auto columns = static_cast<std::size_t>(m_columns);
    const std::size_t rows = std::max<std::size_t>(1, (m_samples.size() + columns - 1) / columns);
    const qreal width = static_cast<qreal>(this->width()) / m_columns;
    const qreal height = static_cast<qreal>(this->height()) / static_cast<qreal>(rows);
    const auto row = i / columns;
    return {width * static_cast<qreal>(i % columns), height * static_cast<qreal>(row), width, height};
}

void Silhouettes::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    int tallest = 1;
    for (const Sample& sample : m_samples)
        for (const Stage& stage : sample.network.stages)
            tallest = std::max(tallest, stage.width);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    painter.setFont(small);
    const qreal line = painter.fontMetrics().height();
    for (std::size_t i = 0; i < m_samples.size(); ++i) {
        const Network& network = m_samples[i].network;
        const QRectF area = cell(i).adjusted(4, line + 2, -4, -line - 4);
        painter.setPen(QPen(palette().color(QPalette::Mid), 1));
        painter.drawLine(area.bottomLeft(), area.bottomRight());
        painter.setPen(Qt::NoPen);
        paintBars(painter, area, network, tallest, m_colours[i]);
        if (i == m_marked) {
            painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(cell(i).adjusted(1, 1, -1, -1));
        }
        painter.setPen(palette().color(QPalette::WindowText));
        int widest = 0;
        for (const Stage& stage : network.stages)
            widest = std::max(widest, stage.width);
        painter.drawText(QRectF(area.left() - 4, cell(i).top(), area.width() + 8, line), Qt::AlignCenter,
                         tr("w %1").arg(widest));
        painter.drawText(QRectF(area.left() - 4, area.bottom() + 3, area.width() + 8, line), Qt::AlignCenter,
                         tr("d %1").arg(totalDepth(network)));
    }
}

std::optional<std::size_t> Silhouettes::sampleAt(QPointF at) const
{
    for (std::size_t i = 0; i < m_samples.size(); ++i)
        if (cell(i).contains(at))
            return i;
    return std::nullopt;
}

void Silhouettes::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->button() == Qt::LeftButton ? sampleAt(event->position()) : std::nullopt;
    m_pressedAt = event->position();
    if (!m_pressed)
        return QWidget::mousePressEvent(event);
    Q_EMIT clicked(*m_pressed, event->modifiers());
}

void Silhouettes::mouseMoveEvent(QMouseEvent* event)
{
    const bool isDrag = (event->position() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
    if (!(event->buttons() & Qt::LeftButton) || !m_pressed || !isDrag || *m_pressed >= m_samples.size())
        return;
    static const QTemporaryDir folder; // until the program ends: who takes the file reads it when he likes
    auto* drag = new QDrag(this);
    drag->setMimeData(draggedNetwork(m_samples[*m_pressed], folder.path()).release());
    drag->setPixmap(grab(cell(*m_pressed).toAlignedRect()));
    m_pressed.reset();
    drag->exec(Qt::CopyAction);
}

std::unique_ptr<QMimeData> draggedNetwork(const Sample& sample, const QString& folder)
{
    const QString yaml = QString::fromStdString(toPyclsYaml(sample, {}));
    const QString path =
        QStringLiteral("%1/network-%2-%3.yaml").arg(folder).arg(sample.index).arg(sample.complexity.flops);
    QFile file(path);
    auto data = std::make_unique<QMimeData>();
    if (file.open(QIODevice::WriteOnly) && file.write(yaml.toUtf8()) >= 0)
        data->setUrls({QUrl::fromLocalFile(path)});
    data->setText(yaml);
    return data;
}

bool Silhouettes::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString text;
    if (const std::optional<std::size_t> i = sampleAt(help->pos()))
        text =
            tr("%1\n%2 flops, %3 parameters; drag it out as a file")
                .arg(stagesText(m_samples[*i].network), countText(static_cast<double>(m_samples[*i].complexity.flops)),
                     countText(static_cast<double>(m_samples[*i].complexity.params)));
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

} // namespace spacewright
