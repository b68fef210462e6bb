// Figures as files.
#include "app/gui/charts/figure.h"
#include "core/error.h"
#include "core/whole_file.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QImage>
#include <QSvgRenderer>
#include <QTemporaryDir>

using namespace spacewright;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<Population> twoSpaces()
{
    return {population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30}), population(2, 1, "AnyNetX_D", 5, {14, 16, 18, 20})};
}

QString problemOf(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace

class FigureTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:
    void everyFigureIsWrittenInEveryFormat()
    {
        for (const char* name : {"edf", "scatter", "networks"})
            for (const char* ending : {"svg", "pdf", "png"}) {
                const QString path = m_folder.filePath(QString(name) + '.' + ending);
                writeFigure(makeFigure(name, twoSpaces()), path.toStdString());
                QVERIFY(QFileInfo(path).size() > 1000);
            }
        QVERIFY(QSvgRenderer(m_folder.filePath("edf.svg")).isValid());
        QVERIFY(contentOf(m_folder.filePath("edf.svg")).contains("[15.0 | 22.5] AnyNetX_A, n 4"));
        QVERIFY(contentOf(m_folder.filePath("edf.pdf")).startsWith("%PDF-"));
        QCOMPARE(QImage(m_folder.filePath("scatter.png")).size(), QSize(1280, 840));
    }
    void markersOfAnSvgAreShapes()
    {
        const std::string svg = renderFigure(makeFigure("scatter", twoSpaces()), "svg");
        QVERIFY(svg.find("<image") == std::string::npos);
    }
    void isAsLargeAsItWasAskedFor()
    {
        const Figure edf = makeFigure("edf", twoSpaces());
        const std::string png = renderFigure(edf, "png", {.width = 500, .height = 300});
        QCOMPARE(QImage::fromData(QByteArray::fromStdString(png)).size(), QSize(1000, 600));
        const auto letters = [&](double points) {
            const std::string svg = renderFigure(edf, "svg", {.fontPoints = points});
            const auto at = svg.rfind("font-size=\"", svg.find("error (%)")) + 11;
            return QString::fromStdString(svg.substr(at, svg.find('"', at) - at)).toDouble();
        };
        QVERIFY(letters(20) > 1.5 * letters(10));
    }
    void theNumbersAreWrittenAsCsv()
    {
        const QString path = m_folder.filePath("scatter.csv");
        writeFigure(makeFigure("scatter", twoSpaces()), path.toStdString());
        const QList<QByteArray> lines = contentOf(path).trimmed().split('\n');
        QCOMPARE(lines.size(), 1 + 8);
        QCOMPARE(lines[0], QByteArray("panel,series,kind,model,depth d (blocks),error (%),upper"));
    }
    void badRequestsAreSentences()
    {
        const Figure edf = makeFigure("edf", twoSpaces());
        QVERIFY(problemOf([&] { renderFigure(edf, "bmp"); }).contains(".svg, .pdf or .png"));
        QVERIFY(problemOf([&] { writeFigure(edf, "/nowhere/edf.svg"); }).contains("/nowhere/edf.svg"));
    }
    void aFileThatIsThereIsReplacedWhole()
    {
        const QString path = m_folder.filePath("again.svg");
        writeWhole(path.toStdString(), "old");
        writeWhole(path.toStdString(), "new");
        QCOMPARE(contentOf(path), QByteArray("new"));
        QCOMPARE(QDir(m_folder.path()).entryList({"again*"}).size(), 1);
    }
};

QObject* makeFigureTest()
{
    return new FigureTest;
}

#include "test_figure.moc"
