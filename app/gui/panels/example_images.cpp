// Images of a data set with what they are and what a network takes them for.
#include "app/gui/panels/example_images.h"

#include "app/gui/charts/palette.h"
#include "core/data/image_set.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace spacewright {

namespace {

constexpr int side = 56, narrowest = 92; ///< of a picture, and of what has its words beneath; points

} // namespace

QImage imageOf(const ImageSet& set, std::size_t number)
{
    const auto area = static_cast<std::size_t>(set.size) * static_cast<std::size_t>(set.size);
    const std::uint8_t* pixels = set.pixels.data() + number * area * static_cast<std::size_t>(set.channels);
    QImage image(set.size, set.size, QImage::Format_RGB32);
    for (int y = 0; y < set.size; ++y)
        for (int x = 0; x < set.size; ++x) {
            const std::size_t at =
                static_cast<std::size_t>(y) * static_cast<std::size_t>(set.size) + static_cast<std::size_t>(x);
            const std::size_t green = set.channels >= 3 ? area : 0, blue = set.channels >= 3 ? 2 * area : 0;
            image.setPixel(x, y, qRgb(pixels[at], pixels[at + green], pixels[at + blue]));
        }
    return image;
}

ExampleImages::ExampleImages(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setObjectName("examples");
    setAccessibleName(tr("Images with their labels and the network's answers"));
}

void ExampleImages::setExamples(std::vector<Example> examples)
{
    m_examples = std::move(examples);
    QStringList words;
    for (const Example& one : m_examples)
        words << tr("%1 as %2, %3").arg(one.label, one.answer).arg(one.probability, 0, 'f', 2);
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

int ExampleImages::columns(int width) const
{
    return std::max(1, width / narrowest);
}

QRect ExampleImages::cell(std::size_t i, int width) const
{
    const int columns = this->columns(width), place = static_cast<int>(i);
    const int height = side + 3 * fontMetrics().height() + 8;
    return {place % columns * (width / columns), place / columns * height, width / columns, height};
}

int ExampleImages::heightForWidth(int width) const
{
    return m_examples.empty() ? 0 : cell(m_examples.size() - 1, width).bottom() + 1;
}

void ExampleImages::paintEvent(QPaintEvent*)
{
    const Theme theme = themeOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false); // pixels are what the network sees
    const int line = fontMetrics().height();
    for (std::size_t i = 0; i < m_examples.size(); ++i) {
        const Example& one = m_examples[i];
        const QRect cell = this->cell(i, width());
        const QRect picture(cell.center().x() - side / 2, cell.top() + 2, side, side);
        painter.drawImage(picture, one.image);
        painter.setPen(theme.grid);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(picture);
        const auto text = [&](int row, const QString& words, const QColor& colour) {
            painter.setPen(colour);
            const QRect place(cell.left() + 2, picture.bottom() + 2 + row * line, cell.width() - 4, line);
            painter.drawText(place, Qt::AlignCenter, fontMetrics().elidedText(words, Qt::ElideRight, place.width()));
        };
        text(0, one.label, theme.muted);
        text(1, tr("→ %1").arg(one.answer), theme.text);
        text(2, QString::number(one.probability, 'f', 2), theme.muted);
    }
}

bool ExampleImages::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString words;
    for (std::size_t i = 0; i < m_examples.size(); ++i)
        if (const Example& one = m_examples[i]; cell(i, width()).contains(help->pos()))
            words = tr("validation image %1: %2, taken for %3 with probability %4")
                        .arg(one.number)
                        .arg(one.label, one.answer)
                        .arg(one.probability, 0, 'f', 3);
    QToolTip::showText(help->globalPos(), words, this);
    return true;
}

} // namespace spacewright
