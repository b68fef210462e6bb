// The paper's figures as files.
#include "app/gui/charts/figure.h"

#include "app/gui/charts/panel_chart.h"
#include "core/error.h"
#include "core/exchange/figure_table.h"
#include "core/whole_file.h"

#include <QApplication>
#include <QBuffer>
#include <QFontInfo>
#include <QGraphicsScene>
#include <QGraphicsTextItem>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <algorithm>
#include <cmath>
#include <cstdio>

namespace spacewright {

namespace {

constexpr double pngScale = 2;
constexpr int dotsPerInch = 96;
constexpr qreal singleWidth = 640, singleHeight = 420;
constexpr qreal gridWidth = 800, rowHeight = 280;
constexpr qreal roomForHead = 40; ///< a title and a row of words
constexpr qreal captionLeft = 8;

/// For programs without a window.
void ensureApplication()
{
    if (QCoreApplication::instance())
        return;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // Qt's words about a desktop session (XDG_RUNTIME_DIR) mean nothing to a terminal program.
    qInstallMessageHandler([](QtMsgType type, const QMessageLogContext&, const QString& text) {
        if (type == QtCriticalMsg || type == QtFatalMsg)
            std::fprintf(stderr, "%s\n", qPrintable(text));
    });
    static int count = 1;
    static char name[] = "spacewright";
    static char* arguments[] = {name, nullptr};
    static QApplication application(count, arguments);
}

struct Layout {
    qreal width, rowHeight; ///< of the whole figure; of a row before its legend
    QFont font;
};

Layout layoutOf(const Figure& figure, const RenderOptions& options)
{
    const std::size_t n = figure.panels.size(), columns = static_cast<std::size_t>(figure.columns);
    Layout layout{n == 1 ? singleWidth : gridWidth, n == 1 ? singleHeight : rowHeight, QApplication::font()};
    if (options.width > 0)
        layout.width = options.width;
    const auto rows = (n + columns - 1) / columns;
    if (options.height > 0 && n > 0)
        layout.rowHeight = static_cast<qreal>(options.height) / static_cast<qreal>(rows);
    if (options.fontPoints > 0)
        layout.font.setPointSizeF(options.fontPoints);
    return layout;
}

/// The panels of one row, side by side from `top` on; returns its height. A legend above the plot makes it higher.
qreal addRow(QGraphicsScene& scene, const std::vector<Panel>& panels, std::size_t first, std::size_t last, qreal top,
             const Layout& layout)
{
    const qreal width = layout.width / static_cast<qreal>(last - first), height = layout.rowHeight;
    std::vector<PanelChart*> charts;
    qreal head = 0;
    for (std::size_t i = first; i < last; ++i) {
        auto* chart = new PanelChart(printTheme(), PanelChart::Detail::print);
        scene.addItem(chart); // the scene owns it now
        chart->setFont(layout.font);
        chart->plot(panels[i]);
        chart->setPos(width * static_cast<qreal>(i - first), top);
        chart->resize(width, height);
        head = std::max(head, chart->headHeight());
        charts.push_back(chart);
    }
    const qreal whole = height + std::max(0.0, head - roomForHead);
    for (PanelChart* chart : charts)
        chart->resize(width, whole);
    return whole;
}

/// Adds panels and caption to the scene and makes it as large as they are, in whole points.
void compose(QGraphicsScene& scene, const Figure& figure, const RenderOptions& options)
{
    const Layout layout = layoutOf(figure, options);
    const std::size_t n = figure.panels.size(), columns = static_cast<std::size_t>(figure.columns);
    qreal top = 0;
    for (std::size_t first = 0; first < n; first += columns)
        top += addRow(scene, figure.panels, first, std::min(first + columns, n), top, layout);
    if (!figure.caption.empty()) {
        auto* caption = scene.addText(QString::fromStdString(figure.caption));
        QFont font = layout.font;
        font.setPixelSize(QFontInfo(font).pixelSize());
        caption->setFont(font);
        caption->setDefaultTextColor(printTheme().text);
        caption->setTextWidth(layout.width - 2 * captionLeft);
        caption->setPos(captionLeft, top);
        top += caption->boundingRect().height() + 4;
    }
    scene.setSceneRect(0, 0, layout.width, std::ceil(top));
}

void paint(QGraphicsScene& scene, QPaintDevice& device, const QRectF& target)
{
    QPainter painter(&device);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    scene.render(&painter, target, scene.sceneRect());
}

QByteArray svgOf(QGraphicsScene& scene, QSize size)
{
    QBuffer buffer;
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setResolution(dotsPerInch);
    svg.setSize(size);
    svg.setViewBox(QRect(QPoint(), size));
    svg.setTitle(QStringLiteral("Spacewright"));
    paint(scene, svg, QRectF(QPointF(), size));
    return buffer.data();
}

QByteArray pdfOf(QGraphicsScene& scene, QSize size)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter pdf(&buffer);
        pdf.setCreator(QStringLiteral("Spacewright"));
        pdf.setResolution(dotsPerInch);
        pdf.setPageMargins(QMarginsF());
        pdf.setPageSize(QPageSize(QSizeF(size) * 72.0 / dotsPerInch, QPageSize::Point, {}, QPageSize::ExactMatch));
        paint(scene, pdf, QRectF(QPointF(), size));
    }
    return buffer.data();
}

QByteArray pngOf(QGraphicsScene& scene, QSize size)
{
    QImage image(size * pngScale, QImage::Format_RGB32);
    image.setDotsPerMeterX(static_cast<int>(std::lround(dotsPerInch * pngScale / 0.0254)));
    image.setDotsPerMeterY(image.dotsPerMeterX());
    image.fill(Qt::white);
    paint(scene, image, QRectF(QPointF(), QSizeF(size) * pngScale));
    QBuffer buffer;
    image.save(&buffer, "PNG");
    return buffer.data();
}

} // namespace

std::string renderFigure(const Figure& figure, const std::string& format, const RenderOptions& options)
{
    if (format == "csv")
        return toTable(figure, ',');
    if (format != "svg" && format != "pdf" && format != "png")
        throw Error("A figure cannot be written as \"" + format +
                    "\". Give the file the ending .svg, .pdf or .png, or .csv for its numbers.");
    ensureApplication();
    QGraphicsScene scene;
    compose(scene, figure, options);
    const QSize size = scene.sceneRect().size().toSize();
    const QByteArray bytes = format == "svg"   ? svgOf(scene, size)
                             : format == "pdf" ? pdfOf(scene, size)
                                               : pngOf(scene, size);
    return bytes.toStdString();
}

void writeFigure(const Figure& figure, const std::filesystem::path& path)
{
    const std::string extension = path.extension().string();
    writeWhole(path, renderFigure(figure, extension.empty() ? "" : extension.substr(1)));
}

} // namespace spacewright
