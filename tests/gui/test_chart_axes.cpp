// The axes of charts: titles, ticks, logarithms, zoom.
#include "core/figures/parts.h"
#include "tests/gui/drawn.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

using namespace spacewright;

namespace {

using Detail = PanelChart::Detail;

PointLayer::Place placeOf(const PanelChart& chart, std::size_t group, std::size_t point)
{
    return chart.points().groups()[group].places[point];
}

} // namespace

class ChartAxesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesEndLevelWhereTheAxisEnds()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 16, 18, 20, 90})};
        PanelChart chart(printTheme(), Detail::screen);
        chart.resize(600, 400);
        chart.plot(edfPanel(shown(all)));
        const auto axis = qobject_cast<QValueAxis*>(chart.axes(Qt::Horizontal).first());
        QCOMPARE(axis->titleText(), QString("error (%), 1 above 21"));
        QCOMPARE(drawnSeries(chart)[0]->points().back(), QPointF(axis->max(), 0.8));
    }
    void complexitiesAreDrawnInTheirUnit()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30})};
        PanelChart chart(printTheme(), Detail::screen);
        chart.resize(600, 400);
        chart.plot(scatterPanel(shown(all), {scatter(all[0], "flops")}, "flops", SpaceId{1}));
        const auto axis = chart.axes(Qt::Horizontal).first();
        QCOMPARE(axis->titleText(), QString("flops (M multiply-adds)"));
        QVERIFY(qobject_cast<QValueAxis*>(axis)->max() < 10);
    }
    void logarithmicAxesHaveRoundTicks()
    {
        Panel panel{.x = {{.name = "width"}, Axis::Scale::log2}, .y = {{.name = "rate"}, Axis::Scale::log10}};
        panel.series.push_back({.points = {{8, 0.001}, {64, 0.5}}});
        PanelChart chart(printTheme(), Detail::print);
        chart.plot(panel);
        const auto labels = [&](Qt::Orientation orientation) {
            return qobject_cast<QCategoryAxis*>(chart.axes(orientation).first())->categoriesLabels();
        };
        QCOMPARE(labels(Qt::Horizontal), QStringList({"8", "16", "32", "64"}));
        QVERIFY(labels(Qt::Vertical).contains("0.01"));
        QCOMPARE(drawnSeries(chart)[0]->at(0), QPointF(std::log10(8), -3));
        panel.series[0].points = {{0, 1}, {4, 1}}; // what has no logarithm lies on the frame
        chart.plot(panel);
        QVERIFY(std::isfinite(drawnSeries(chart)[0]->at(0).x()));
    }
    void zoomingKeepsTheValueUnderThePointer()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30})};
        PanelChart chart(printTheme(), Detail::screen);
        chart.resize(400, 300);
        chart.plot(scatterPanel(shown(all), {scatter(all[0], "flops")}, "flops", SpaceId{1}));
        const QPointF at = chart.plotArea().topLeft() + QPointF(80, 60);
        const Point before = chart.valueAt(at);
        const float x = placeOf(chart, 0, 1).x;
        chart.zoom(at, 2);
        QVERIFY(chart.isZoomed());
        const QPointF same =
            chart.plotArea().topLeft() + QPointF(80, 60); // labels may have become wider, so that the plot is elsewhere
        QVERIFY(std::abs(chart.valueAt(same).x / before.x - 1) < 0.02);
        QVERIFY(std::abs(chart.valueAt(same).y / before.y - 1) < 0.02);
        QVERIFY(std::abs(placeOf(chart, 0, 1).x - x) > 0.01F);
        chart.resetView();
        QVERIFY(!chart.isZoomed());
        QCOMPARE(placeOf(chart, 0, 1).x, x);
    }
    void aZoomStaysWhileResultsArriveAndEndsWithAnotherParameter()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30})};
        const auto panel = [&](const char* by) {
            return scatterPanel(shown(all), {scatter(all[0], by)}, by, SpaceId{1});
        };
        PanelChart chart(printTheme(), Detail::screen);
        chart.resize(400, 300);
        chart.plot(panel("flops"));
        chart.zoomTo(QRectF(chart.plotArea().center(), QSizeF(40, 30)));
        const Point corner = chart.valueAt(chart.plotArea().topLeft());
        chart.plot(panel("flops"));
        QCOMPARE(chart.valueAt(chart.plotArea().topLeft()), corner);
        chart.plot(panel("d"));
        QVERIFY(!chart.isZoomed());
    }
    void anyAxisOfPositiveValuesCanBeLogarithmic()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30})};
        PanelChart chart(printTheme(), Detail::screen);
        chart.resize(400, 300);
        chart.plot(scatterPanel(shown(all), {scatter(all[0], "flops")}, "flops", SpaceId{1}));
        chart.setLogarithmic(Qt::Horizontal, true);
        QVERIFY(chart.isLogarithmic(Qt::Horizontal));
        const auto middle = chart.valueAt(chart.plotArea().center()).x;
        const double low = chart.valueAt(chart.plotArea().bottomLeft()).x;
        const double high = chart.valueAt(chart.plotArea().topRight()).x;
        QVERIFY(std::abs(middle / std::sqrt(low * high) - 1) < 1e-6); // the geometric mean is in the middle
        QVERIFY(qobject_cast<QCategoryAxis*>(chart.axes(Qt::Horizontal).first())->categoriesLabels().size() >= 2);
        chart.setLogarithmic(Qt::Horizontal, false);
        QVERIFY(!chart.isLogarithmic(Qt::Horizontal));
        chart.plot({.series = {{.kind = Series::Kind::points, .points = {{0, 1}, {4, 1}}}}});
        chart.setLogarithmic(Qt::Horizontal, true);
        QVERIFY(!chart.isLogarithmic(Qt::Horizontal)); // 0 has no logarithm
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
    void aSmallChartHasShortTitlesAndNoLegendAboveIt()
    {
        const std::vector<Population> all{population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30})};
        PanelChart chart(printTheme(), Detail::screen);
        chart.plot(scatterPanel(shown(all), {scatter(all[0], "flops")}, "flops", SpaceId{1}));
        chart.resize(500, 400);
        QVERIFY(chart.key().isVisible());
        QCOMPARE(chart.axes(Qt::Horizontal).first()->titleText(), QString("flops (M multiply-adds)"));
        chart.resize(160, 140);
        QVERIFY(!chart.key().isVisible());
        QCOMPARE(chart.headHeight(), 0.0);
        QCOMPARE(chart.axes(Qt::Horizontal).first()->titleText(), QString("flops"));
    }
};

QObject* makeChartAxesTest()
{
    return new ChartAxesTest;
}

#include "test_chart_axes.moc"
