// The charts show exactly what the figures say.
#include "core/figures/figures.h"
#include "core/figures/parts.h"
#include "tests/gui/drawn.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

using namespace spacewright;

namespace {

using Detail = PanelChart::Detail;

/// Where the points of the panel are drawn, series by series.
std::vector<std::vector<QPointF>> drawnPoints(const PanelChart& chart)
{
    const QRectF plot = chart.plotArea();
    std::vector<std::vector<QPointF>> all;
    for (const PointLayer::Group& group : chart.points().groups()) {
        all.emplace_back();
        for (const PointLayer::Place place : group.places)
            all.back().emplace_back(plot.left() + static_cast<qreal>(place.x) * plot.width(),
                                    plot.top() + static_cast<qreal>(place.y) * plot.height());
    }
    return all;
}

/// The drawn function just left and right of an error.
std::pair<double, double> sharesAround(const QList<QPointF>& points, double error)
{
    double left = -1, right = -1;
    for (const QPointF& point : points) {
        if (point.x() < error)
            left = point.y();
        if (point.x() <= error)
            right = point.y();
    }
    return {left, right};
}

} // namespace

class ChartsTest : public QObject {
    Q_OBJECT

    /// Spaces of two studies, so that each figure has what it needs.
    static std::vector<Population> manySpaces()
    {
        std::vector<Population> all;
        for (const char* study : {"a", "b"})
            for (const char* name : {"AnyNetX_A", "AnyNetX_B", "AnyNetX_C", "AnyNetX_D", "AnyNetX_E", "RegNetX",
                                     "RegNetX-wm2", "RegNetX-refined", "RegNetY"}) {
                const int space = static_cast<int>(all.size()) + 1;
                all.push_back(population(space, {}, name, 1, {15, 21, 17, 30, 16.5, 90}));
                all.back().study = study;
                for (std::size_t i = 0; i < all.back().counted.size(); ++i) {
                    all.back().counted[i].imagesPerSecond = 1000 + 100.0 * static_cast<double>(i);
                    all.back().counted[i].sample.rate = 0.01 * static_cast<double>(i + 1);
                }
            }
        return all;
    }

    static void verifyPanel(const Panel& panel, QSizeF size)
    {
        PanelChart chart(printTheme(), Detail::print);
        chart.resize(size);
        chart.plot(panel);
        size.rheight() += chart.headHeight(); // as figures make room for long legends
        chart.resize(size);
        const QRectF plot = chart.plotArea().adjusted(-0.5, -0.5, 0.5, 0.5);
        const std::vector<QXYSeries*> lines = drawnSeries(chart);
        const std::vector<std::vector<QPointF>> points = drawnPoints(chart);
        QCOMPARE(lines.size() + points.size(), panel.series.size());
        std::size_t named = panel.best ? 2 : 0, line = 0, group = 0;
        for (const Series& series : panel.series) {
            named += !series.name.empty();
            if (series.kind == Series::Kind::points) {
                QCOMPARE(points[group].size(), series.points.size());
                for (const QPointF& point : points[group++])
                    QVERIFY(plot.contains(point));
                continue;
            }
            QVERIFY(lines[line]->isVisible());
            QCOMPARE(lines[line]->points().isEmpty(), series.points.empty());
            for (const QPointF& point : lines[line]->points())
                QVERIFY(plot.contains(chart.mapToPosition(point, lines[line])));
            ++line;
        }
        QCOMPARE(chart.key().entries().size(), named);
        const QRectF key = chart.key().mapRectToParent(chart.key().boundingRect());
        QVERIFY(QRectF(QPointF(), size).contains(key));
        QVERIFY(chart.plotArea().contains(key) || key.bottom() <= chart.plotArea().top());
        if (!chart.plotArea().contains(key))
            return;
        for (QXYSeries* drawn : lines) // in the plot it covers nothing
            for (const QPointF& point : drawn->points())
                QVERIFY(!key.contains(chart.mapToPosition(point, drawn)));
        for (const std::vector<QPointF>& series : points)
            for (const QPointF& point : series)
                QVERIFY(!key.contains(point));
    }

private Q_SLOTS:
    void everyFigureDrawsAllItsSeriesWithinThePlot_data()
    {
        QTest::addColumn<QString>("figure");
        for (const std::string& name : figureNames())
            if (name != "learning") // that needs a study file
                QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    void everyFigureDrawsAllItsSeriesWithinThePlot()
    {
        QFETCH(const QString, figure);
        static const std::vector<Population> populations = manySpaces();
        const Figure made = makeFigure(figure.toStdString(), populations);
        QVERIFY(!made.panels.empty());
        for (const Panel& panel : made.panels)
            for (const QSizeF& size : {QSizeF(800, 420), QSizeF(400, 280)})
                verifyPanel(panel, size);
    }
    void edfIsDrawnInExactSteps()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20, 20, 29})};
        PanelChart chart(printTheme(), Detail::screen);
        chart.plot(edfPanel(shown(all)));
        const QList<QPointF> points = drawnSeries(chart)[0]->points();
        for (const double error : {14.0, 17.0, 20.0, 28.0, 29.4})
            QCOMPARE(sharesAround(points, error).first, all[0].edf->at(error));
        for (qsizetype i = 1; i < points.size(); ++i) // steps: never both at once
            QVERIFY(points[i].x() == points[i - 1].x() || points[i].y() == points[i - 1].y());
    }
    void theSelectedSpaceIsStrongInTheLegend()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15.3, 24.7}),
                                          population(2, 1, "AnyNetX_D", 3, {}, 2)};
        PanelChart chart(printTheme(), Detail::screen);
        chart.plot(edfPanel(shown(all), {}, false, SpaceId{1}));
        const auto& entries = chart.key().entries();
        QCOMPARE(entries.size(), std::size_t{2});
        QCOMPARE(entries[0].text, QString("[15.3 | 20.0] AnyNetX_A, n 2"));
        QVERIFY(entries[0].strong);
        QCOMPARE(entries[1].text, QString("AnyNetX_D, no results yet"));
        QVERIFY(entries[0].style.colour != entries[1].style.colour);
    }
    void oneReplacePerRefresh()
    {
        const auto panel = [](const std::vector<double>& errors) {
            return edfPanel(shown({population(1, {}, "AnyNetX_A", 1, errors)}));
        };
        PanelChart chart(printTheme(), Detail::screen);
        chart.plot(panel({15, 20}));
        const QSignalSpy replaced(drawnSeries(chart)[0], &QXYSeries::pointsReplaced);
        const QSignalSpy added(drawnSeries(chart)[0], &QXYSeries::pointAdded);
        chart.plot(panel({15, 20, 25}));
        QCOMPARE(replaced.count(), 1);
        QCOMPARE(added.count(), 0);
    }
    void scatterShowsEachModelAndTheBestBand()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30}),
                                          population(2, 1, "AnyNetX_D", 5, {14, 16, 18})};
        const std::vector<Scatter> scatters{scatter(all[0], "d"), scatter(all[1], "d")};
        PanelChart chart(printTheme(), Detail::screen);
        chart.plot(scatterPanel(shown(all), scatters, "d", SpaceId{1}));
        QCOMPARE(chart.points().groups().size(), std::size_t{2});
        QCOMPARE(chart.points().groups()[0].places.size() + chart.points().groups()[1].places.size(), std::size_t{7});
        const auto& entries = chart.key().entries();
        QCOMPARE(entries.size(), std::size_t{3});
        QCOMPARE(entries[0].text, QString("AnyNetX_A, n 4"));
        QCOMPARE(entries[1].text, QString("best %1").arg(scatters[0].band->best));
        chart.plot(scatterPanel(shown(all), scatters, "d", SpaceId{2})); // three models are too few for a band
        QCOMPARE(chart.key().entries().size(), std::size_t{1});
    }
    void nearestModelIsFoundByPosition()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30})};
        const std::vector<Scatter> scatters{scatter(all[0], "d")};
        PanelChart chart(printTheme(), Detail::screen);
        chart.resize(400, 300);
        chart.plot(scatterPanel(shown(all), scatters, "d", SpaceId{1}));
        const QPointF at = drawnPoints(chart)[0][2];
        QCOMPARE(chart.points().modelNear(at), std::optional(ModelId{3}));
        QVERIFY(!chart.points().modelNear({-100, -100}));
        QCOMPARE(chart.points().modelsIn(QRectF(at - QPointF(1, 1), QSizeF(2, 2))), std::vector{ModelId{3}});
        QCOMPARE(chart.points().modelsIn(chart.plotArea()).size(), std::size_t{4});
        QVERIFY(chart.readout(at).startsWith("#3: depth d"));
        QVERIFY(chart.readout(at).endsWith("error 25 %"));
    }
    void aHiddenSpaceIsStruckOutInTheLegend()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20}),
                                          population(2, 1, "AnyNetX_D", 3, {14, 16})};
        PanelChart chart(printTheme(), Detail::screen);
        chart.plot(edfPanel(shown(all), {}, true));
        chart.setHidden(1, true);
        chart.plot(edfPanel(shown(all), {}, true)); // as when a result arrives
        QVERIFY(!chart.key().entries()[0].hidden && chart.key().entries()[1].hidden);
        int visible = 0;
        for (const QAbstractSeries* series : chart.series())
            visible += series->isVisible();
        QCOMPARE(visible, 2); // one curve with its band
    }
    void manyPointsOfALineAreThinnedWithoutChangingWhatIsSeen()
    {
        std::vector<double> errors;
        for (int i = 0; i < 100000; ++i)
            errors.push_back(20 + 10 * std::sin(i * 0.7) * std::cos(i * 0.013));
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15})};
        std::vector<Population> many = all;
        many[0].edf = edf(errors);
        PanelChart chart(printTheme(), Detail::screen);
        chart.resize(900, 500);
        chart.plot(edfPanel(shown(many)));
        const QList<QPointF> points = drawnSeries(chart)[0]->points();
        QVERIFY(points.size() < 8000);
        const double low = chart.valueAt(chart.plotArea().topLeft()).x;
        const double high = chart.valueAt(chart.plotArea().topRight()).x;
        const double pixel = (high - low) / 1500;
        for (qsizetype i = 1; i < points.size(); ++i) { // between two points that are left the line is right, too
            const double error = (points[i - 1].x() + points[i].x()) / 2;
            const double share = (points[i - 1].y() + points[i].y()) / 2;
            QVERIFY(share >= many[0].edf->at(error - pixel) - 1e-9 && share <= many[0].edf->at(error + pixel) + 1e-9);
        }
    }
};

QObject* makeChartsTest()
{
    return new ChartsTest;
}

#include "test_charts.moc"
