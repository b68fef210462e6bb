// The paper's figures as files.
#include "app/gui/charts/figure.h"

#include "app/gui/charts/edf_chart.h"
#include "app/gui/charts/scatter_chart.h"
#include "core/error.h"

#include <QApplication>
#include <QBuffer>
#include <QGraphicsScene>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <algorithm>
#include <cmath>
#include <cstdio>

namespace spacewright {

namespace {

constexpr double pngScale = 2;
constexpr int dotsPerInch = 96;

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

std::optional<SpaceId> shownSpace(const std::vector<Population>& populations, const FigureOptions& options)
{
    if (options.selected)
        return options.selected;
    for (auto population = populations.rbegin(); population != populations.rend(); ++population)
        if (population->edf)
            return population->space.id;
    return std::nullopt;
}

std::unique_ptr<QChart> chartOf(const std::string& figure, const std::vector<Population>& populations,
                                const FigureOptions& options)
{
    if (figure == "edf") {
        auto chart = std::make_unique<EdfChart>(printTheme());
        chart->plot(populations, std::nullopt, options.band);
        return chart;
    }
    std::vector<Scatter> scatters;
    for (const Population& population : populations)
        scatters.push_back(scatter(population, options.parameter));
    auto chart = std::make_unique<ScatterChart>(printTheme(), ScatterChart::Detail::print);
    chart->plot(populations, scatters, options.parameter, shownSpace(populations, options));
    return chart;
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

std::vector<std::string> figureNames()
{
    return {"edf", "scatter"};
}

std::string renderFigure(const std::string& figure, const std::vector<Population>& populations,
                         const std::string& format, const FigureOptions& options)
{
    if (figure != "edf" && figure != "scatter")
        throw Error("There is no figure \"" + figure + "\". The figures are: edf, scatter.");
    if (format != "svg" && format != "pdf" && format != "png")
        throw Error("A figure cannot be written as \"" + format + "\". Give the file the ending .svg, .pdf or .png.");
    if (std::none_of(populations.begin(), populations.end(), [](const Population& p) { return p.edf.has_value(); }))
        throw Error("There is nothing to draw yet: no model has a result. Train some models first.");
    ensureApplication();
    const QSize size(options.width, options.height);
    QGraphicsScene scene(QRectF(QPointF(), size));
    QChart* chart = chartOf(figure, populations, options).release();
    scene.addItem(chart); // the scene owns it now
    chart->resize(size);
    const QByteArray bytes = format == "svg"   ? svgOf(scene, size)
                             : format == "pdf" ? pdfOf(scene, size)
                                               : pngOf(scene, size);
    return bytes.toStdString();
}

void writeWhole(const std::filesystem::path& path, const std::string& bytes)
{
    QSaveFile file(QString::fromStdString(path.string()));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0 ||
        !file.commit())
        throw Error(path.string() + " could not be written (" + file.errorString().toStdString() +
                    "). Nothing was changed. Choose another folder, or make room on the disk.");
}

void writeFigure(const std::string& figure, const std::vector<Population>& populations,
                 const std::filesystem::path& path, const FigureOptions& options)
{
    const std::string extension = path.extension().string();
    writeWhole(path, renderFigure(figure, populations, extension.empty() ? "" : extension.substr(1), options));
}

} // namespace spacewright
