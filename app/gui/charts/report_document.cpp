// Reports as documents with their pictures.
#include "app/gui/charts/report_document.h"

#include "app/gui/charts/figure.h"
#include "app/gui/charts/palette.h"
#include "app/gui/charts/small_edf.h"

#include <QBuffer>
#include <QDateTime>
#include <QFile>
#include <QPainter>
#include <QSysInfo>

namespace spacewright {

namespace {

constexpr QSize edfSize(96, 36); ///< points
constexpr int pngScale = 2;

std::string image(const QByteArray& bytes, const char* type, const std::string& alternative, int width = 0)
{
    const QString size = width ? QStringLiteral(" width=\"%1\"").arg(width) : QString();
    return QStringLiteral("<img alt=\"%1\"%2 src=\"data:image/%3;base64,%4\">")
        .arg(QString::fromStdString(alternative).toHtmlEscaped(), size, QLatin1String(type),
             QString::fromLatin1(bytes.toBase64()))
        .toStdString();
}

std::string smallEdf(const Edf& edf, double low, double high, int place)
{
    QImage picture(edfSize * pngScale, QImage::Format_RGB32);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(pngScale, pngScale);
    const QRectF area = QRectF(QPointF(), QSizeF(edfSize)).adjusted(1, 2, -1, -2);
    painter.setPen(QPen(printTheme().grid, 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    paintSmallEdf(painter, area, edf, {low, high}, spaceStyle(place, printTheme()).colour);
    painter.end();
    QBuffer buffer;
    picture.save(&buffer, "PNG");
    return image(buffer.data(), "png", "EDF", edfSize.width());
}

QString processor()
{
    QFile file(QStringLiteral("/proc/cpuinfo"));
    if (file.open(QIODevice::ReadOnly))
        for (QByteArray line = file.readLine(); !line.isEmpty(); line = file.readLine())
            if (line.startsWith("model name"))
                return QString::fromLatin1(line.mid(line.indexOf(':') + 1)).trimmed();
    return QSysInfo::currentCpuArchitecture();
}

} // namespace

std::map<std::string, std::string> reportDocument(const Report& report, const std::string& path)
{
    if (path.ends_with(".md"))
        return {{path, reportMarkdown(report)}};
    if (path.ends_with(".tex")) {
        std::map<std::string, std::string> files;
        const std::string stem = path.substr(0, path.size() - 4);
        const auto pictureFile = [&](const Figure& shown) {
            const std::string file = stem + "-" + shown.name + ".pdf";
            files[file] = renderFigure(shown, "pdf");
            return std::filesystem::path(file).filename().string();
        };
        files[path] = reportLatex(report, pictureFile);
        return files;
    }
    const auto figure = [](const Figure& shown) {
        return image(QByteArray::fromStdString(renderFigure(shown, "svg")), "svg+xml", shown.name);
    };
    return {{path, reportHtml(report, {figure, smallEdf})}};
}

std::string printableReport(const Report& report)
{
    const auto figure = [](const Figure& shown) {
        return image(QByteArray::fromStdString(renderFigure(shown, "png")), "png", shown.name, 560);
    };
    return reportHtml(report, {figure, smallEdf});
}

std::vector<Report::Row> environmentNow(const std::string& version)
{
    return {{"written by", "Spacewright " + version},
            {"processor", processor().toStdString()},
            {"system", (QSysInfo::prettyProductName() + ", " + QSysInfo::kernelType() + ' ' + QSysInfo::kernelVersion())
                           .toStdString()},
            {"written at", QDateTime::currentDateTime().toString(Qt::ISODate).toStdString()}};
}

} // namespace spacewright
