// The charts show exactly what the statistics say.
#include "app/gui/charts/axes.h"
#include "app/gui/charts/edf_chart.h"
#include "app/gui/charts/scatter_chart.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QAreaSeries>
#include <QLineSeries>

using namespace spacewright;

namespace {

QLineSeries* lineNamed(const QChart& chart, const QString& start)
{
    for (QAbstractSeries* series : chart.series())
        if (series->name().startsWith(start))
            return qobject_cast<QLineSeries*>(series);
    return nullptr;
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
private Q_SLOTS:
    void edfHasExactSteps()
    {
        EdfChart chart(printTheme());
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20, 20, 29})};
        chart.plot(all, {}, false);
        const QList<QPointF> points = lineNamed(chart, "[15.0 | 21.0]")->points();
        QCOMPARE(sharesAround(points, 15), std::pair(0.0, 0.25));
        QCOMPARE(sharesAround(points, 20), std::pair(0.25, 0.75));
        QCOMPARE(sharesAround(points, 29), std::pair(0.75, 1.0));
        for (const double error : {14.0, 17.0, 20.0, 28.0, 29.4})
            QCOMPARE(sharesAround(points, error).first, all[0].edf->at(error));
        for (qsizetype i = 1; i < points.size(); ++i) // steps: never both at once
            QVERIFY(points[i].x() == points[i - 1].x() || points[i].y() == points[i - 1].y());
    }
    void legendSaysMinimumMeanNameAndNumber()
    {
        EdfChart chart(printTheme());
        chart.plot({population(1, {}, "AnyNetX_A", 1, {15.3, 24.7}), population(2, 1, "AnyNetX_D", 3, {}, 2)},
                   SpaceId{1}, false);
        const auto& entries = chart.key().entries();
        QCOMPARE(entries.size(), std::size_t{2});
        QCOMPARE(entries[0].text, QString("[15.3 | 20.0] AnyNetX_A, n 2"));
        QVERIFY(entries[0].strong);
        QCOMPARE(entries[1].text, QString("AnyNetX_D, no results yet"));
        QVERIFY(entries[0].style.colour != entries[1].style.colour);
    }
    void oneReplacePerRefresh()
    {
        EdfChart chart(printTheme());
        chart.plot({population(1, {}, "AnyNetX_A", 1, {15, 20})}, {}, false);
        const QSignalSpy replaced(lineNamed(chart, "[15.0"), &QXYSeries::pointsReplaced);
        const QSignalSpy added(lineNamed(chart, "[15.0"), &QXYSeries::pointAdded);
        chart.plot({population(1, {}, "AnyNetX_A", 1, {15, 20, 25})}, {}, false);
        QCOMPARE(replaced.count(), 1);
        QCOMPARE(added.count(), 0);
    }
    void bandIsTheEdfMovedByItsHalfWidth()
    {
        EdfChart chart(printTheme());
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30, 35, 40, 45, 50})};
        chart.plot(all, {}, true);
        const QAreaSeries* area = nullptr;
        for (QAbstractSeries* series : chart.series())
            area = area ? area : qobject_cast<QAreaSeries*>(series);
        QVERIFY(area && area->isVisible());
        QCOMPARE(sharesAround(area->upperSeries()->points(), 15).first, dkwHalfWidth(8));
        QCOMPARE(sharesAround(area->lowerSeries()->points(), 50).second, 1 - dkwHalfWidth(8));
        QCOMPARE(sharesAround(area->upperSeries()->points(), 50).second, 1.0);
    }
    void scatterShowsEachModelAndTheBestBand()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30}),
                                          population(2, 1, "AnyNetX_D", 5, {14, 16, 18})};
        const std::vector<Scatter> scatters{scatter(all[0], "d"), scatter(all[1], "d")};
        ScatterChart chart(printTheme(), ScatterChart::Detail::screen);
        chart.plot(all, scatters, "d", SpaceId{1});
        qsizetype points = 0;
        for (QAbstractSeries* series : chart.series())
            if (auto* line = qobject_cast<QLineSeries*>(series); line && !line->lightMarker().isNull())
                points += line->count();
        QCOMPARE(points, 7);
        const auto& entries = chart.key().entries();
        QCOMPARE(entries.size(), std::size_t{3});
        QCOMPARE(entries[0].text, QString("AnyNetX_A, n 4"));
        QCOMPARE(entries[1].text, QString("best %1").arg(scatters[0].band->best));
        chart.plot(all, scatters, "d", SpaceId{2}); // three models are too few for a band
        QCOMPARE(chart.key().entries().size(), std::size_t{1});
    }
    void complexitiesAreDrawnInTheirUnit()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30})};
        ScatterChart chart(printTheme(), ScatterChart::Detail::screen);
        chart.plot(all, {scatter(all[0], "flops")}, "flops", SpaceId{1});
        const auto axis = chart.axes(Qt::Horizontal).first();
        QCOMPARE(axis->titleText(), QString("flops (M multiply-adds)"));
        QVERIFY(qobject_cast<QValueAxis*>(axis)->max() < 10);
    }
    void nearestModelIsFoundByPosition()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30})};
        const std::vector<Scatter> scatters{scatter(all[0], "d")};
        ScatterChart chart(printTheme(), ScatterChart::Detail::screen);
        chart.resize(400, 300);
        chart.plot(all, scatters, "d", SpaceId{1});
        QAbstractSeries* points = nullptr;
        for (QAbstractSeries* series : chart.series())
            if (auto* line = qobject_cast<QLineSeries*>(series); line && line->count() == 4)
                points = line;
        const QPointF at = chart.mapToPosition({scatters[0].values[2], 25}, points);
        QCOMPARE(static_cast<int>(*chart.modelNear(at)), 3);
        QVERIFY(!chart.modelNear({-100, -100}));
    }
    void aFewVeryHighErrorsDoNotSqueezeTheOthers()
    {
        QCOMPARE(errorRange({15, 16, 18, 20, 90}).above, 1);
        QCOMPARE(errorRange({15, 16, 18, 20, 90}).high, 30.0);
        QCOMPARE(errorRange({15, 16, 18, 20, 25}).above, 0);
        EdfChart chart(printTheme());
        chart.plot({population(1, {}, "AnyNetX_A", 1, {15, 16, 18, 20, 90})}, {}, false);
        const auto axis = qobject_cast<QValueAxis*>(chart.axes(Qt::Horizontal).first());
        QCOMPARE(axis->titleText(), QString("error (%), 1 above 30"));
        QVERIFY(axis->max() < 40);
        const QList<QPointF> points = lineNamed(chart, "[15.0 | 31.8]")->points();
        QCOMPARE(sharesAround(points, 50), std::pair(0.8, 0.8));
        for (qsizetype i = 1; i < points.size(); ++i)
            QVERIFY(points[i].x() >= points[i - 1].x());
    }
    void ticksAreRoundNumbers()
    {
        QCOMPARE(roundStep(0.9), 1.0);
        QCOMPARE(roundStep(2.1), 2.5);
        QCOMPARE(roundStep(27), 50.0);
        QValueAxis axis;
        fitAxis(axis, 13.4, 30.4);
        QCOMPARE(axis.tickInterval(), 5.0);
        QCOMPARE(axis.min(), 12.5);
        QCOMPARE(axis.max(), 32.5);
        QCOMPARE(axis.labelFormat(), QString("%.0f"));
    }
};

QObject* makeChartsTest()
{
    return new ChartsTest;
}

#include "test_charts.moc"
